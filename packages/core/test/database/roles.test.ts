import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AppRole, appRoles, ofEachApp } from '../../src/database/app-roles.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createRoles, nameOfRole, RolesRefused, urlAs } from '../../src/database/roles.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { onServer } from '../../src/testing/server.ts'

let clone: Clone
let prefix: string
const passwords = ofEachApp(() => randomUUID())
beforeEach(async () => {
  clone = await cloneDatabase()
  prefix = `test_${randomUUID().slice(0, 8)}`
})
afterEach(async () => {
  for (const app of appRoles) {
    const name = nameOfRole(prefix, app)
    await sql
      .raw(`do $$ begin if exists (select from pg_roles where rolname = '${name}') then
      drop owned by ${name}; drop role ${name}; end if; end $$`)
      .execute(clone.db)
  }
  await clone.drop()
})

const make = (wanted: Partial<Parameters<typeof createRoles>[1]> = {}) =>
  createRoles(clone.url, { prefix, passwords, renewPasswords: false, ...wanted })

/** What the server says to a login. */
async function asRole(app: AppRole, password: string, statement = 'select current_user as name') {
  const client = new Client({ connectionString: urlAs(clone.url, nameOfRole(prefix, app), password) })
  try {
    await client.connect()
    return (await client.query<{ name: string }>(statement)).rows[0]?.name
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  } finally {
    await client.end()
  }
}

const invalidPassword = '28P01'
const insufficientPrivilege = '42501'

test('each app gets a role that logs in, and its name carries the prefix', async () => {
  expect(await make()).toEqual(appRoles)
  for (const app of appRoles) expect(await asRole(app, passwords[app])).toBe(`droplock_${prefix}_${app}`)
  const { rows } = await sql<{ name: string }>`select rolname as name from pg_roles
    where rolname ^@ ${`droplock_${prefix}_`} and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)`.execute(
    clone.db,
  )
  expect(rows).toEqual([])
})

const setting = (app: AppRole, name: string) =>
  asRole(app, passwords[app], `select current_setting('${name}') as name`)

test('the server checks the clients of all apps, and plans what the gateway asks without values', async () => {
  await make()
  for (const app of appRoles) expect(await setting(app, 'client_connection_check_interval')).toBe('1s')
  const planned = await Promise.all(appRoles.map((app) => setting(app, 'plan_cache_mode')))
  expect(planned).toEqual(['force_generic_plan', 'auto', 'auto', 'auto', 'auto'])
})

test('the server compiles no statement of an app, whatever it does for others', async () => {
  await make()
  const jit = `select setting || ' by ' || source as name from pg_settings where name = 'jit'`
  for (const app of appRoles) expect(await asRole(app, passwords[app], jit)).toBe('off by user')
})

test('made again, a role keeps its password, unless new ones are wanted', async () => {
  await make()
  const others = ofEachApp(() => randomUUID())
  expect(await make({ passwords: others })).toEqual([])
  expect(await asRole('worker', passwords.worker)).toBe(nameOfRole(prefix, 'worker'))
  expect(await make({ passwords: others, renewPasswords: true })).toEqual(appRoles)
  expect(await asRole('worker', passwords.worker)).toBe(invalidPassword)
  expect(await asRole('worker', others.worker)).toBe(nameOfRole(prefix, 'worker'))
})

test('two that make them at once make them once', async () => {
  const made = await Promise.all([make(), make(), make()])
  expect(made.flat().toSorted()).toEqual(appRoles.toSorted())
})

test('a login that may not create roles is refused with the right it needs, and nothing is created', async () => {
  const name = `droplock_${prefix}_nobody`
  await sql.raw(`create role ${name} login password 'x'`).execute(clone.db)
  try {
    const made = createRoles(urlAs(clone.url, name, 'x'), { prefix, passwords, renewPasswords: false })
    await expect(made).rejects.toThrow(RolesRefused)
    await expect(made).rejects.toThrow('CREATEROLE')
    expect(await asRole('gateway', passwords.gateway)).toBe(invalidPassword)
  } finally {
    await sql.raw(`drop role ${name}`).execute(clone.db)
  }
})

test.each(['', 'Big', '1st', 'a-b', 'a;drop', 'x'.repeat(32)])('the prefix %j is refused', async (bad) => {
  await expect(make({ prefix: bad })).rejects.toThrow(RolesRefused)
})

test('migrating puts the rights right: what a release gives is there, and nothing else', async () => {
  await make()
  const name = nameOfRole(prefix, 'gateway')
  await sql
    .raw(`revoke select on account from ${name}; grant select, update on staff_account to ${name}`)
    .execute(clone.db)
  await migrate(clone.url)
  expect(await asRole('gateway', passwords.gateway, 'select 1 as name from account')).toBeUndefined()
  const stolen = 'select id as name from staff_account'
  expect(await asRole('gateway', passwords.gateway, stolen)).toBe(insufficientPrivilege)
})

test('a release that is older than the database leaves the rights of the later one alone', async () => {
  await make()
  const name = nameOfRole(prefix, 'worker')
  await onServer(clone.url, (client) =>
    client.query(`create table later (id integer); grant select on later to ${name};
      insert into schema_migration (name, sha256) values ('9999_later.sql', '')`),
  )
  await migrate(clone.url)
  expect(await asRole('worker', passwords.worker, 'select 1 as name from later')).toBeUndefined()
})

test('the roles of another installation on the server get nothing here', async () => {
  const other = await cloneDatabase()
  try {
    await createRoles(other.url, { prefix, passwords, renewPasswords: false })
    await migrate(clone.url)
    const read = 'select 1 as name from account'
    expect(await asRole('gateway', passwords.gateway, read)).toBe(insufficientPrivilege)
  } finally {
    for (const app of appRoles) await sql.raw(`drop owned by ${nameOfRole(prefix, app)}`).execute(other.db)
    await other.drop()
  }
})
