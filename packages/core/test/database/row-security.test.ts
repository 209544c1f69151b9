import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { appRoles } from '../../src/database/app-roles.ts'
import { migrate } from '../../src/database/migrate.ts'
import { migrationsFolder } from '../../src/database/migrations.ts'
import { rights } from '../../src/database/rights.ts'
import { nameOfRole } from '../../src/database/roles.ts'
import { newId } from '../../src/new-id.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { databaseOn, onServer } from '../../src/testing/server.ts'

const ours = '0098_rows_of_accounts.sql'

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase()
})
afterAll(() => clone.drop())

/** Tables that refer to an account's rows, that the gateway has a right to, and whose rows are not kept apart. */
const shared: Readonly<Record<string, string>> = {
  listing:
    'everybody sees what is on offer; it names the order that holds it, whose account only the order has',
  blocked_name: 'about a name',
  confirmation_answer: 'about a name',
  order_statistic: 'sums over all accounts',
  price_amount: 'prices of names',
  price_rule: 'prices of names',
  renewal_price: 'prices of names',
  registry_request: 'the gateway adds rows and reads none; what they refer to is checked by foreign keys',
  schedule_override: 'about a name',
  sync_change: 'about a name',
  withdrawal: 'about a name',
  zone: 'everybody sees what is on offer; a sandbox is filtered by `isZoneFor`, and holds nothing real',
}

/** The tables from which a chain of foreign keys leads to an account, or that have a column for one. */
async function tablesOfAccounts(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive reaching (oid) as (
      select attrelid from pg_attribute join pg_class on pg_class.oid = attrelid
      where relkind = 'r' and relnamespace = 'public'::regnamespace and attname = 'account_id' and not attisdropped
      union select 'account'::regclass::oid
      union select conrelid from pg_constraint join reaching on confrelid = reaching.oid where contype = 'f'
    ) select relname as name from pg_class where oid in (select oid from reaching) order by relname`.execute(
    clone.db,
  )
  return rows.map(({ name }) => name)
}

async function keptApart(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class join pg_policies on tablename = relname and policyname = 'own_rows'
    where relrowsecurity and relnamespace = 'public'::regnamespace order by relname`.execute(clone.db)
  return rows.map(({ name }) => name)
}

const isReached = (table: string) => rights[table as keyof typeof rights]?.gateway !== undefined

test('every table with rows of an account that the gateway has a right to is kept apart, or has a reason why not', async () => {
  const kept = await keptApart()
  const open = (await tablesOfAccounts()).filter((table) => isReached(table) && !kept.includes(table))
  expect(open).toEqual(Object.keys(shared).toSorted())
  expect(kept.length).toBeGreaterThan(30)
})

/** As the server writes it. */
const acting = '( SELECT acting_account() AS acting_account)'

/** Beside the rows of the account that acts: what requests begin with, where nobody acts, and news for everybody. */
const more: Readonly<Record<string, string>> = {
  account: `(${acting} IS NULL)`,
  api_key: `(${acting} IS NULL)`,
  event: `((account_id IS NULL) AND (topic = 'drop_list.published'::text)) OR (${acting} IS NULL)`,
  request_budget: `(${acting} IS NULL)`,
}

test('a policy compares the account of the row, or follows a foreign key to a row that has a policy', async () => {
  const { rows } = await sql<{ name: string; given: string; wanted: string | null }>`
    select tablename as name, regexp_replace(qual, '\\s+', ' ', 'g') as given,
      case when tablename = 'account' then ${`(id = ${acting})`}
        when exists (select from pg_attribute where attrelid = kept.oid and attname = 'account_id' and not attisdropped)
          then ${`(account_id = ${acting})`}
        else (select format('(EXISTS ( SELECT FROM %1$s WHERE (%1$s.id = %2$s.%3$s)))', confrelid::regclass, tablename, attname)
          from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
          where conrelid = kept.oid and contype = 'f' and qual ~ ('FROM ' || confrelid::regclass || '\\s')
            and exists (select from pg_policies where tablename = confrelid::regclass::text and policyname = 'own_rows') limit 1)
      end as wanted
    from pg_policies join pg_class as kept on kept.relname = tablename and kept.relnamespace = 'public'::regnamespace
    where policyname = 'own_rows' order by tablename`.execute(clone.db)
  for (const { name, given, wanted } of rows) {
    const also = more[name]
    expect(given).toBe(also === undefined ? wanted : `(${wanted} OR ${also})`)
  }
})

test.each(appRoles)('%s: the gateway alone is confined to the account that acts', async (app) => {
  const { rows } = await sql<{ table: string; confined: boolean }>`
    select distinct on (tablename) tablename as table, not bool_or(policyname = 'all_rows') as confined
    from pg_policies where 'public' = any(roles) or exists (
      select from unnest(roles) as role where role::text like ${`%\\_${app}`})
    group by tablename order by tablename`.execute(clone.db)
  expect(rows.map(({ table }) => table)).toEqual(await keptApart())
  expect(new Set(rows.map(({ confined }) => confined))).toEqual(new Set([app === 'gateway']))
})

test('processes of the release before, whose logins are there already, see all rows as soon as the migration is committed', async () => {
  const { serverUrl, prefix } = inject('template')
  const url = databaseOn(serverUrl, `droplock_${prefix}_${newId().replaceAll('-', '')}`)
  await onServer(serverUrl, (client) => client.query(`create database ${new URL(url).pathname.slice(1)}`))
  onTestFinished(async () => {
    await onServer(serverUrl, (client) => client.query(`drop database ${new URL(url).pathname.slice(1)}`))
  })
  const before = mkdtempSync(join(tmpdir(), 'droplock-migrations-'))
  onTestFinished(() => rmSync(before, { recursive: true }))
  for (const file of readdirSync(migrationsFolder).filter((name) => name < ours))
    copyFileSync(join(migrationsFolder, file), join(before, file))
  await migrate(url, before)
  // By this right a database knows its logins (`grantRights`).
  const logins = appRoles.map((app) => nameOfRole(prefix, app)).join(', ')
  await onServer(url, (client) => client.query(`grant usage on schema public to ${logins}`))
  await onServer(url, (client) => client.query(readFileSync(join(migrationsFolder, ours), 'utf8')))
  const { rows } = await onServer(url, (client) =>
    client.query(
      "select roles::text[] from pg_policies where policyname = 'all_rows' and tablename = 'backorder'",
    ),
  )
  expect(rows).toEqual([
    { roles: ['catcher', 'console_api', 'marketplace', 'worker'].map((app) => `droplock_${prefix}_${app}`) },
  ])
})

test('a login that has rights and no policy sees nothing, and the owner sees all', async () => {
  await sql`insert into account (id, name, currency) values (gen_random_uuid(), 'A reseller', 'USD')`.execute(
    clone.db,
  )
  const counted = sql<{ count: bigint }>`select count(*) from billing_profile`
  await sql`insert into billing_profile (account_id, legal_name, address, country, email, updated_at)
    select id, 'A', 'B', 'DE', 'a@b.test', now() from account`.execute(clone.db)
  expect((await counted.execute(clone.db)).rows).toEqual([{ count: 1n }])
  expect((await counted.execute(clone.openAs('console_api'))).rows).toEqual([{ count: 1n }])
  await sql`drop policy all_rows on billing_profile`.execute(clone.db)
  expect((await counted.execute(clone.openAs('console_api'))).rows).toEqual([{ count: 0n }])
})
