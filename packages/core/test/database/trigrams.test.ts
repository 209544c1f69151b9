import { randomUUID } from 'node:crypto'
import { expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from '../../src/database/migrate.ts'
import { urlAs } from '../../src/database/roles.ts'
import { databaseOn, onServer } from '../../src/testing/server.ts'
import { nameIn } from '../../src/testing/template.ts'

/** A database whose tables a login may make, though it is not its owner. */
async function givenLogin() {
  const { serverUrl, prefix } = inject('template')
  const name = `${nameIn(prefix)}${randomUUID().replaceAll('-', '')}`
  const password = randomUUID()
  await onServer(serverUrl, async (client) => {
    await client.query(`create database ${name}`)
    await client.query(`create role ${name} login password '${password}'`)
  })
  const url = databaseOn(serverUrl, name)
  await onServer(url, (client) => client.query(`grant create, usage on schema public to ${name}`))
  onTestFinished(() =>
    onServer(serverUrl, async (client) => {
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role ${name}`)
    }),
  )
  return { url, name, ownUrl: urlAs(url, name, password) }
}

test('a login that may not install pg_trgm is told what it lacks; installed by another, it is used', async () => {
  const { url, name, ownUrl } = await givenLogin()
  const error: unknown = await migrate(ownUrl).catch((caught: unknown) => caught)
  expect(error).toMatchObject({
    message: 'migration 0034_search.sql failed',
    cause: {
      message: `this login may not install the extension pg_trgm in database ${name}`,
      hint: expect.stringContaining(`GRANT CREATE ON DATABASE ${name} TO ${name}`),
    },
  })
  await onServer(url, (client) => client.query('create extension pg_trgm'))
  expect(await migrate(ownUrl)).toContain('0034_search.sql')
})
