import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { lockTimedOut } from './errors.ts'
import { type Migration, migrationsFolder, readMigrations } from './migrations.ts'
import { grantRights } from './roles.ts'
import { schemaLock } from './schema-lock.ts'

/** A migration waits for a lock no longer than this, because orders queue behind it; then they have their turn, and it is tried again. */
const lockMsMax = 500

/** How long it is tried, and the pause between: whatever takes longer than this is not going to end by itself. */
const triesMax = 60
const pauseMs = 1_500

/** The oldest release that has all that migrations and queries use, and gets corrections. */
const serverMajorMin = 17

/** Thrown when the server is an older release than this one needs; nothing is applied. */
export class ServerTooOld extends Error {
  override readonly name = 'ServerTooOld'
}

/** Thrown when what is recorded and the files disagree; nothing is applied. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

/**
 * Applies what is missing, each file in one transaction, and gives the names of those applied; then the roles of apps have what
 * `rights` says. Two migrators may run at once: the lock is held to the end of each transaction and the record is read again under
 * it. `url` must lead to the server itself, not through a transaction pooler. Throws `MigrationRefused` when an applied file was
 * changed or a new one sorts before an applied one; an applied one that this release does not know is left alone (a later release
 * ran). Throws `ServerTooOld` on a PostgreSQL before 17.
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<readonly string[]> {
  const client = new Client({ connectionString: url, application_name: 'droplock-migrate' })
  await client.connect()
  try {
    await requireServer(client)
    const migrations = readMigrations(folder)
    const applied: string[] = []
    for (const migration of migrations) {
      if (await applyAtLast(client, migration)) applied.push(migration.name)
    }
    await grantUnlessOutdated(client, migrations)
    return applied
  } finally {
    await client.end()
  }
}

async function requireServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const version = rows[0]?.server_version ?? 'unknown'
  // A number that does not begin with digits is no release: then nothing is known against it.
  if (Number.parseInt(version, 10) < serverMajorMin)
    throw new ServerTooOld(`PostgreSQL ${version} is too old: ${serverMajorMin} or later is needed`)
}

/** Applies it as soon as it gets its locks. Throws when it gets none for minutes. */
async function applyAtLast(client: Client, migration: Migration): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyOnce(client, migration)
    } catch (error) {
      if (attempt === triesMax || !(error instanceof Error) || !lockTimedOut(error.cause)) throw error
      await wait(pauseMs)
    }
  }
}

async function applyOnce(client: Client, migration: Migration): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [schemaLock])
    const isNew = await isMissing(client, migration)
    if (isNew) await apply(client, migration)
    await client.query('commit')
    return isNew
  } catch (error) {
    await client.query('rollback')
    throw error instanceof MigrationRefused
      ? error
      : new Error(`migration ${migration.name} failed`, { cause: error })
  }
}

/** The rights of a later release, which has migrated since, are not ours to take away. */
async function grantUnlessOutdated(client: Client, migrations: readonly Migration[]): Promise<void> {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [schemaLock])
  const { rowCount } = await client.query('select from schema_migration where name > $1', [
    migrations.at(-1)?.name ?? '',
  ])
  if (rowCount === 0) await grantRights(client)
  await client.query('commit')
}

async function isMissing(client: Client, { name, sha256 }: Migration): Promise<boolean> {
  await client.query(`create table if not exists schema_migration (
    name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migration where name >= $1 order by name',
    [name],
  )
  const [first] = rows
  if (first === undefined) return true
  if (first.name !== name)
    throw new MigrationRefused(`${name} sorts before ${first.name}, which is already applied`)
  if (first.sha256 !== sha256) throw new MigrationRefused(`${name} was changed after it was applied`)
  return false
}

async function apply(client: Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query(`set local lock_timeout = ${lockMsMax}`)
  await client.query(sql)
  await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256])
}
