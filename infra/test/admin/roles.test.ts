import { appRoles } from '@droplock/core/database/app-roles'
import { nameOfRole, urlAs } from '@droplock/core/database/roles'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

async function given(prefix: string) {
  const database = await cloneDatabase()
  onTestFinished(async () => {
    await onServer(database.url, async (client) => {
      for (const app of appRoles)
        await client.query(
          `do $$ begin if exists (select from pg_roles where rolname = '${nameOfRole(prefix, app)}') then
             drop owned by ${nameOfRole(prefix, app)}; drop role ${nameOfRole(prefix, app)}; end if; end $$`,
        )
    })
    await database.drop()
  })
  return { database, admin: adminOn(database.url) }
}

const whoAmI = (url: unknown) =>
  onServer(String(url), async (client) => {
    const { rows } = await client.query<{ name: string }>('select current_user as name')
    return rows[0]?.name
  })

test('roles makes a login for each app and shows its URL once; again, it shows none', async () => {
  const prefix = `test_${process.pid}_a`
  const { admin } = await given(prefix)
  const made = await admin.list('roles', '--prefix', prefix)
  expect(made.map(({ app }) => app)).toEqual(appRoles)
  for (const { role, url } of made) expect(await whoAmI(url)).toBe(role)
  const again = await admin.list('roles', '--prefix', prefix)
  expect(again.map(({ url }) => url)).toEqual(appRoles.map(() => null))
  for (const { role, url } of made) expect(await whoAmI(url)).toBe(role)
})

test('a login that may not make roles is refused with the name of the right, CREATEROLE; a prefix that makes no name, with its form', async () => {
  const prefix = `test_${process.pid}_b`
  const { database, admin } = await given(prefix)
  const weak = nameOfRole(prefix, 'gateway')
  await onServer(database.url, (client) => client.query(`create role ${weak} login password 'x'`))
  expect(await adminOn(urlAs(database.url, weak, 'x')).refused('roles', '--prefix', `${prefix}_c`)).toEqual({
    exit: 1,
    code: 'forbidden',
    detail: expect.stringContaining('CREATEROLE'),
  })
  expect(await admin.refused('roles', '--prefix', 'A b')).toEqual({
    exit: 1,
    code: 'invalid_request',
    detail: expect.stringContaining('lower-case letters'),
  })
})
