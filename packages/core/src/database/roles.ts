import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { Client, DatabaseError } from 'pg'
import { type AppRole, appRoles } from './app-roles.ts'
import type { Right } from './right.ts'
import { rights } from './rights.ts'
import { schemaLock } from './schema-lock.ts'

/** What is between `droplock_` and the app in a role's name: roles belong to the whole server, and installations may share one. */
const prefixPattern = /^[a-z][a-z0-9_]{0,30}$/
/** The roles that this database has met carry its USAGE; those of another installation do not. */
const roleName = `^droplock_[a-z0-9_]+_(${appRoles.join('|')})$`
/**
 * What the server does for the logins of all apps. While a statement runs, it checks this often whether its client is still connected, and
 * ends it if not: nobody waits for it, and its locks stay. By default it notices only when it answers. Set for the role, because a pooler
 * passes no such setting on, and closes its connection when its client has gone. Milliseconds.
 *
 * It compiles no statement (PostgreSQL 17 of most systems does, where it thinks a statement expensive): ours are over sooner than they
 * are compiled.
 */
const roleSettings = { client_connection_check_interval: 1_000, jit: 'off' } as const
/**
 * And for the gateway: its statements find rows by their keys, so values do not change their plans. Left to compare costs, the server
 * plans a read of one listing anew each time while a table's statistics are old, which takes twice as long as the read. Searches, whose
 * values do decide, say so themselves (`reads.ts`).
 */
const gatewaySettings = { ...roleSettings, plan_cache_mode: 'force_generic_plan' } as const
const insufficientPrivilege = '42501'

type CreateRoles = {
  /** Keeps the roles of installations apart that share a server: lower-case letters, digits and underscores, up to 31. */
  readonly prefix: string
  readonly passwords: Readonly<Record<AppRole, string>>
  /** Whether a role that is there gets its password anew. Else it keeps the one it has. */
  readonly renewPasswords: boolean
}

/** Thrown when the login may not make roles, or the prefix makes no name. Nothing was changed. */
export class RolesRefused extends Error {
  override readonly name = 'RolesRefused'
}

export function isRolePrefix(text: string): boolean {
  return prefixPattern.test(text)
}

export function nameOfRole(prefix: string, app: AppRole): string {
  return `droplock_${prefix}_${app}`
}

/** The same database by another login. */
export function urlAs(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = encodeURIComponent(password)
  return changed.href
}

/**
 * Makes a role with a login for each app, `droplock_<prefix>_<app>`, with its rights in this migrated database: all, or none. May be
 * called again. Gives the apps whose password is now the one given. `url` is the owner's, who needs the right CREATEROLE. Throws
 * `RolesRefused`.
 */
export async function createRoles(url: string, wanted: CreateRoles): Promise<readonly AppRole[]> {
  if (!isRolePrefix(wanted.prefix))
    throw new RolesRefused(
      `the prefix ${JSON.stringify(wanted.prefix)} must be like ${prefixPattern.source}: it becomes a part of names`,
    )
  const client = new Client({ connectionString: url, application_name: 'droplock-roles' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [schemaLock])
    const made: AppRole[] = []
    for (const app of appRoles) if (await ensureRole(client, app, wanted)) made.push(app)
    const known = await grantRights(client)
    if (!appRoles.every((app) => known.includes(nameOfRole(wanted.prefix, app))))
      throw new RolesRefused(
        'this login may not grant what is in the database: it must own the database and its tables',
      )
    await client.query('commit')
    return made
  } catch (error) {
    throw refusalOf(error)
  } finally {
    await client.end()
  }
}

/** Whether it has the given password now. */
async function ensureRole(client: Client, app: AppRole, wanted: CreateRoles): Promise<boolean> {
  const name = nameOfRole(wanted.prefix, app)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  const isNew = rowCount === 0
  const hasGiven = isNew || wanted.renewPasswords
  // Never the password itself, which the server might log with the statement.
  const password = `login password ${client.escapeLiteral(scramVerifier(wanted.passwords[app]))}`
  if (hasGiven) await client.query(`${isNew ? 'create' : 'alter'} role ${name} ${password}`)
  const { rows } = await client.query<{ database: string }>(
    'select quote_ident(current_database()) as database',
  )
  await client.query(
    `grant connect on database ${rows[0]?.database} to ${name}; grant usage on schema public to ${name}`,
  )
  for (const [setting, value] of Object.entries(app === 'gateway' ? gatewaySettings : roleSettings))
    await client.query(`alter role ${name} set ${setting} = ${value}`)
  return hasGiven
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.code !== insufficientPrivilege) return error
  return new RolesRefused(
    `this login may not make or change the roles of apps: ${error.message}. It needs CREATEROLE (a superuser says ALTER ROLE … CREATEROLE), and the roles must be its own`,
    { cause: error },
  )
}

/**
 * Gives the roles that this database knows what `rights` says, and takes from them what it does not; those that work for many accounts
 * reach the rows of all (ADR 55). In a transaction that holds `schemaLock`: apps that run see the one or the other. The owner needs no
 * other right. Gives their names.
 */
export async function grantRights(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; app: AppRole }>(
    `select rolname as name, substring(rolname from $1) as app
     from pg_namespace, aclexplode(nspacl), pg_roles
     where nspname = 'public' and privilege_type = 'USAGE' and pg_roles.oid = grantee and rolname ~ $1 order by rolname`,
    [roleName],
  )
  for (const { name, app } of rows)
    await client.query(
      [`revoke all on all tables in schema public from ${name}`, ...grantsOf(name, app)].join(';'),
    )
  const { rows: kept } = await client.query<{ table: string }>(
    "select relname as table from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity order by relname",
  )
  for (const { table } of kept) await client.query('call open_to_apps($1)', [table])
  return rows.map(({ name }) => name)
}

function grantsOf(name: string, app: AppRole): readonly string[] {
  return Object.entries(rights).flatMap(([table, byRole]) => {
    const granted = privilegesOf(byRole[app])
    return granted.length === 0 ? [] : [`grant ${granted.join(', ')} on ${table} to ${name}`]
  })
}

/** `Right<never>`: of whichever table. */
function privilegesOf(right: Partial<Right<never>> = {}): readonly string[] {
  const { select, insert, update, delete: remove, lock, maintain } = right
  return [
    ...onColumns('select', select),
    ...(insert === undefined ? [] : ['insert']),
    ...onColumns('update', update),
    ...onColumns('update', lock === undefined ? undefined : [lock]),
    ...(remove === undefined ? [] : ['delete']),
    ...(maintain === undefined ? [] : ['maintain']),
  ]
}

function onColumns(privilege: string, columns: true | readonly string[] | undefined): readonly string[] {
  if (columns === undefined) return []
  return [columns === true ? privilege : `${privilege} (${columns.join(', ')})`]
}

/** What the server keeps of a password (RFC 5803, with RFC 7677's SHA-256). The password has ASCII alone, so SASLprep changes nothing. */
function scramVerifier(password: string): string {
  const iterations = 4_096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest()
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${keyOf('Server Key').toString('base64')}`
}
