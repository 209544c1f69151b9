import { type Kysely, sql } from 'kysely'
import { DatabaseError } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppRole, appRoles } from '../../src/database/app-roles.ts'
import type { Right } from '../../src/database/right.ts'
import { rights } from '../../src/database/rights.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase()
})
afterAll(() => clone.drop())

const insufficientPrivilege = '42501'

/** Whether PostgreSQL refuses the statement for want of a right; another refusal shows that the right was there. */
async function isRefused(db: Kysely<Database>, statement: string): Promise<boolean> {
  try {
    await sql.raw(statement).execute(db)
    return false
  } catch (error) {
    // A row that a policy refuses is refused by the same code: the right to the table was there.
    if (error instanceof DatabaseError)
      return error.code === insufficientPrivilege && !error.message.includes('row-level security')
    throw error
  }
}

/** The login of a handle, as SQL has it. */
const loginOf = async (db: Kysely<Database>) =>
  (await sql<{ name: string }>`select quote_ident(current_user) as name`.execute(db)).rows[0]?.name

type Columns = ReadonlyMap<string, readonly string[]>

async function readColumns(): Promise<Columns> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select relname as table, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace group by 1 order by 1`.execute(
    clone.db,
  )
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

test('every table of the database has its line, and the record of migrations is for nobody', async () => {
  const tables = [...(await readColumns()).keys()].filter((table) => table !== 'schema_migration')
  expect(Object.keys(rights).toSorted()).toEqual(tables)
  for (const app of appRoles)
    expect(await isRefused(clone.openAs(app), 'select name from schema_migration')).toBe(true)
})

/** Statements that touch no row, with whether the line allows them. */
function* attempts(
  columns: Columns,
  app: AppRole,
): Generator<readonly [statement: string, allowed: boolean]> {
  for (const [table, byRole] of Object.entries(rights)) {
    const { select, insert, update, delete: remove, lock }: Partial<Right<never>> = byRole[app] ?? {}
    const all = columns.get(table) ?? []
    const named = (given: true | readonly string[] = []) => (given === true ? all : given)
    const readable = named(select)
    const changeable = new Set([...named(update), ...(lock === undefined ? [] : [lock])])
    for (const column of all) {
      yield [`select ${column} from ${table} limit 0`, readable.includes(column)]
      yield [`update ${table} set ${column} = default where false`, changeable.has(column)]
    }
    yield [`insert into ${table} default values`, insert === true]
    yield [`delete from ${table} where false`, remove === true]
    yield [`truncate ${table}`, false]
    yield [`alter table ${table} disable trigger all`, false]
  }
}

describe.each(appRoles)('%s', (app) => {
  test('may do with every table and column what its line says, and nothing else', async () => {
    const db = clone.openAs(app)
    const columns = await readColumns()
    const wrong: string[] = []
    for (const [statement, allowed] of attempts(columns, app))
      if ((await isRefused(db, statement)) === allowed) wrong.push(statement)
    expect(wrong).toEqual([])
  })

  test.each([
    ['makes no table', 'create table public.mine ()'],
    ['makes no function', 'create function public.mine() returns void language sql as $$ select $$'],
    ['turns no trigger off', "set session_replication_role = 'replica'"],
    ['makes no role', 'create role droplock_mine_gateway'],
    ['runs no function of a trigger by itself', 'select check_escrow_of(null)'],
    ['changes no balance', 'update account set balance_minor = 1 where false'],
    ['rewrites no posting', 'update posting set amount_minor = 1 where false'],
    ['deletes no posting', 'delete from posting where false'],
    ['rewrites no entry of the audit', 'update audit_entry set reason = null where false'],
    ['deletes no entry of the audit', 'delete from audit_entry where false'],
    ['rewrites no invoice', 'update invoice set gross_minor = 1 where false'],
    ['skips no number of an invoice', 'update invoice_series set last_sequence = 1 where false'],
    ['rewrites no attempt', 'update catch_attempt set code = 1000 where false'],
    ['changes no price of an order', 'update backorder set price_minor = 1 where false'],
  ])('%s', async (_, statement) => {
    expect(await isRefused(clone.openAs(app), statement)).toBe(true)
  })

  test('becomes no other app and not the owner', async () => {
    const others = appRoles.filter((other) => other !== app).map((other) => clone.openAs(other))
    for (const other of [clone.db, ...others])
      expect(await isRefused(clone.openAs(app), `set role ${await loginOf(other)}`)).toBe(true)
  })
})

const notTheirs: Readonly<Record<AppRole, readonly string[]>> = {
  gateway: [
    'select id from staff_account',
    'select id from staff_session',
    'select id from staff_device',
    'select seq from audit_entry',
    'insert into audit_entry default values',
    'select id from proposal',
    'select id from reconciliation_item',
    'select id from bank_transfer',
    'update api_key set scopes = default where false',
    'update api_key set key_sha256 = default where false',
    'update sub_account_spend set spent_minor = 0 where false',
    'update account set credit_limit_minor = 1 where false',
    'update refund set state = null where false',
    'update catch_target set state = null where false',
    'update registry_account set lease_owner = null where false',
  ],
  console_api: [
    'select key_sha256 from api_key',
    'update list_source set good_at = null',
    'select id from registry_entry',
    'insert into provider_event default values',
    'update payment set captured_minor = 1 where false',
    'update registry_account set lease_owner = null where false',
    'update catch_attempt set code = 1000 where false',
    'delete from watch where false',
  ],
  worker: [
    'select id from staff_account',
    'select token_sha256 from staff_session',
    'select token_sha256 from staff_device',
    'select key_sha256 from api_key',
    'insert into proposal default values',
    'select id from bank_transfer',
    'delete from watch where false',
    'delete from catch_attempt where false',
    'delete from payment where false',
    'update account set credit_limit_minor = 1 where false',
    'update registry_account set lease_owner = null where false',
    'insert into price_amount default values',
  ],
  marketplace: [
    'select price_minor from backorder',
    'select id from payment',
    'select key_sha256 from api_key',
    'update api_key set scopes = default where false',
    'update api_key set revoked_at = null where false',
    'update account set credit_limit_minor = 1 where false',
    'insert into posting default values',
    'select id from staff_account',
    'select id from staff_session',
    'select id from contact',
    'update account set balance_minor = 1 where false',
    'update api_key set key_sha256 = default where false',
    'delete from member where false',
    'delete from api_key where false',
  ],
  catcher: [
    'select id from staff_account',
    'select id from api_key',
    'select seq from audit_entry',
    'select id from price_amount',
    'select account_id from billing_profile',
    'select event_id from provider_event',
    'insert into payment default values',
    'insert into backorder default values',
    'update payment set provider_id = null where false',
    'update payment set captured_minor = 1 where false',
    'update refund set state = null where false',
    'update registry_account set host = null where false',
    'select amount_minor from posting',
  ],
}

test.each(appRoles)('%s is refused what is for other apps', async (app) => {
  const db = clone.openAs(app)
  for (const statement of notTheirs[app])
    expect([statement, await isRefused(db, statement)]).toEqual([statement, true])
})

test('what triggers read and write they do with the rights of the owner, on a path that nobody else can put a table on', async () => {
  const { rows } = await sql<{ name: string }>`
    select proname as name from pg_proc
    where pronamespace = 'public'::regnamespace and prokind = 'f' and prosrc ~* '\\y(from|update|insert|delete|perform)\\y'
      and not (prosecdef and proconfig = '{"search_path=public, pg_temp"}'
        and not has_function_privilege('public', oid, 'execute'))
    order by 1`.execute(clone.db)
  expect(rows).toEqual([])
})

test('who stages lists may analyze the staged rows, and nobody else', async () => {
  for (const app of appRoles) {
    const { rows } = await sql<{ allowed: boolean }>`
      select has_table_privilege(current_user, 'sync_row', 'MAINTAIN') as allowed`.execute(clone.openAs(app))
    expect([app, rows[0]?.allowed]).toEqual([app, app === 'worker' || app === 'console_api'])
  }
})
