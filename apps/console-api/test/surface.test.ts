import { readFileSync } from 'node:fs'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTestApp } from './support/app.ts'
import { expectProblem } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()

/** An app whose database does not answer. */
function broken() {
  const url = 'postgres://nobody@127.0.0.1:1/nothing'
  const db = openDatabase({ url, connectionsMax: 1, applicationName: 'droplock-test' })
  onTestFinished(() => db.destroy())
  return createTestApp({ db, newId })
}

describe('health', () => {
  test('the process is live while its database is not, and not ready', async () => {
    const { send } = broken()
    expect((await send({ path: '/healthz' })).status).toBe(200)
    await expectProblem(await send({ path: '/readyz' }), 'unavailable')
  })

  test('it is ready with its database, and not while it drains', async () => {
    expect((await world.send({ path: '/readyz' })).status).toBe(200)
    const { send } = createTestApp(world.ctx, {}, true)
    await expectProblem(await send({ path: '/readyz' }), 'unavailable')
  })
})

test('an unavailable database is answered as a temporary failure, without internal details', async () => {
  const { send, logged } = broken()
  const body = { email: 'a@b.test', password: 'x' }
  const response = await send({ method: 'POST', path: '/api/session', body })
  expect(response.headers.get('Retry-After')).toBe('1')
  const problem = await expectProblem(response, 'unavailable')
  expect(JSON.stringify(problem)).not.toContain('127.0.0.1')
  expect(logged()).toMatchObject([
    { level: 'error', event: 'http_request', status: 503, code: 'unavailable' },
  ])
})

test('an internal error is answered as such, without its text, and logged once with it', async () => {
  const { send, email } = await givenPerson(world, 'viewer')
  await world.ctx.db
    .updateTable('staff_account')
    .set({ password_hash: 'rubbish' })
    .where('email', '=', email)
    .execute()
  const body = { email, password: 'x' }
  const response = await send({ method: 'POST', path: '/api/session', body })
  const problem = await expectProblem(response, 'internal_error')
  expect(JSON.stringify(problem)).not.toContain('hash')
  const errors = world.logged().filter((line) => JSON.stringify(line).includes('internal_error'))
  expect(errors).toMatchObject([{ level: 'error', err: { message: expect.stringContaining('hash') } }])
})

test.each([
  ['PUT', '/api/session', 'DELETE, GET, HEAD, POST'],
  ['POST', '/api/today', 'GET, HEAD'],
  ['GET', '/api/listings/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44/override', 'POST'],
])('%s %s is answered with the allowed methods', async (method, path, allow) => {
  const response = await world.send({ method, path })
  await expectProblem(response, 'method_not_allowed')
  expect(response.headers.get('Allow')).toBe(allow)
})

test('what is not there is a problem, not text', async () => {
  for (const method of ['POST', 'DELETE', 'PUT']) {
    await expectProblem(await world.send({ method, path: '/api/nothing' }), 'not_found')
    await expectProblem(await world.send({ method, path: '/listings' }), 'not_found')
  }
})

test('the document is served as it is committed, and errors are explained', async () => {
  const file = import.meta
    .resolve('@droplock/contracts/errors')
    .replace('src/errors.ts', 'console-openapi.json')
  const committed: unknown = JSON.parse(readFileSync(new URL(file), 'utf8'))
  expect(await (await world.send({ path: '/console-openapi.json' })).json()).toEqual(committed)
  expect(await (await world.send({ path: '/errors/decider_is_proposer' })).json()).toMatchObject({
    status: 403,
  })
})
