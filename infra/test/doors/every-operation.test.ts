import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { scopes } from '@droplock/rules/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servedFrom } from '../../../apps/gateway/src/gateway.ts'
import type { OperationId } from '../../../apps/gateway/src/operations.ts'
import { type Ask, createTestApp, type Send } from '../../../apps/gateway/test/support/app.ts'
import { someId, wellFormed } from '../../../apps/gateway/test/support/requests.ts'
import { answersOf } from '../../../packages/contracts/test/support/check-answer.ts'
import { asNode, type Operation, operationsOf } from '../../../packages/contracts/test/support/documented.ts'
import type { Known } from './schema-values.ts'
import { fillWorld, givenKey, type People, readKnown } from './world.ts'

// Walks the document of the reseller API, and sends to every operation what it must refuse. What the provider sends (its webhook) is
// signed and no operation of the document.

const FILE = 'openapi.json'
const operations = operationsOf(FILE)
const check = answersOf(FILE)

/** Counts of how much was asked, which asking changes. */
const countsAsking = new Set(['request_budget'])

let people: People
let known: Known
let send: Send
let keyWithout: (scope: string) => string
let drop: (() => Promise<void>) | undefined
let databaseUrl: string

beforeAll(async () => {
  const clone = await cloneDatabase()
  drop = clone.drop
  databaseUrl = clone.url
  const ctx = { db: clone.db, newId }
  people = await fillWorld(ctx)
  known = await readKnown(ctx)
  const { account_id: accountId } = await ctx.db
    .selectFrom('backorder')
    .select('account_id')
    .executeTakeFirstOrThrow()
  const narrow = await Promise.all(
    scopes.map(async (scope) => {
      const others = scopes.filter((other) => other !== scope)
      return [scope, await givenKey(ctx, accountId, others)] as const
    }),
  )
  const byScope = new Map<string, string>(narrow)
  keyWithout = (scope) => byScope.get(scope) ?? ''
  // Nothing listens there: what would ask it is refused before.
  const provider = createSandboxProvider({
    url: 'http://127.0.0.1:1',
    apiKey: 'unused',
    webhookSecret: 'unused',
  })
  send = createTestApp({ test: servedFrom({ db: clone.openAs('gateway'), newId }, provider) }).send
}, 120_000)

afterAll(() => drop?.())

type Changes = {
  readonly key?: string | undefined
  readonly method?: string
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly without?: readonly string[]
}

/** A valid request with some changes. Gives the answer, after it was seen that no table has another number of rows. */
async function ask(operation: Operation, { key, without = [], ...changes }: Changes) {
  const { headers = {}, ...base }: Ask = wellFormed[operation.id as OperationId]
  const all = {
    ...(operation.method === 'POST' && { 'Idempotency-Key': newId() }),
    ...(isEdit(operation) && !('If-None-Match' in headers) && { 'If-Match': '*' }),
    ...headers,
    ...changes.headers,
  }
  for (const name of without) Reflect.deleteProperty(all, name)
  const before = await countRows()
  const response = await send({
    ...base,
    ...changes,
    ...(key !== undefined && { key }),
    path: base.path.replace(someId, idFor(operation)),
    headers: all,
    idempotencyKey: null,
    ifMatch: null,
  })
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  }
  expect(await countRows()).toEqual(before)
  return answer
}

/** Whether it edits what has versions. */
function isEdit({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name === 'If-Match')
}

/** Of something that is there, and is the first account's. */
function idFor({ path }: Operation): string {
  const resource = path.split('/').find((part) => part in known.ids) ?? ''
  return known.ids[resource]?.[0] ?? someId
}

/** Expects a refusal that the document names for the operation. */
async function refused(operation: Operation, status: number, code: string, changes: Changes) {
  const answer = await ask(operation, changes)
  expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([status, code])
  expect(check(operation, answer)).toBeUndefined()
  return asNode(JSON.parse(answer.body.toString()))
}

/** How many rows each table has. */
function countRows(): Promise<Readonly<Record<string, string>>> {
  return onServer(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string; rows: string }>(`
      select relname as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname), false, true, '')))[1]::text as rows
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
    return Object.fromEntries(
      rows.filter(({ name }) => !countsAsking.has(name)).map(({ name, rows: count }) => [name, count]),
    )
  })
}

const withBody = operations.filter(({ body }) => body !== undefined)
const withKey = operations.filter(({ parameters }) =>
  parameters.some(({ name }) => name === 'Idempotency-Key'),
)
const withMatch = operations.filter(isEdit)
/** Drop lists are everybody's. */
const withId = operations.filter(({ path }) => path.includes('{id}') && !path.includes('/drop-lists/'))
const byId = (some: readonly Operation[]) => some.map((operation) => [operation.id, operation] as const)

test('the document has operations of every kind', () => {
  expect(operations.length).toBeGreaterThan(30)
  for (const some of [withBody, withKey, withMatch, withId]) expect(some).not.toEqual([])
})

test.each(byId(operations))(
  '%s refuses a request without a key, and one with an invented key',
  async (_, operation) => {
    await refused(operation, 401, 'unauthenticated', {})
    await refused(operation, 401, 'unauthenticated', { key: `dlk_test_${'x'.repeat(43)}` })
  },
)

test.each(byId(operations))('%s refuses a key without its scope', async (_, operation) => {
  const needed = String(Object.values(operation.security).flat()[0])
  expect(await refused(operation, 403, 'insufficient_scope', { key: keyWithout(needed) })).toMatchObject({
    scope: needed,
  })
})

describe('what is of another account', () => {
  test.each(byId(withId))('%s does not find it', async (_, operation) => {
    const answer = await ask(operation, { key: people.keys.other })
    expect(answer.status).toBe(404)
    expect(check(operation, answer)).toBeUndefined()
  })
})

describe('a body', () => {
  test.each(byId(withBody))('%s refuses an unknown member, and names it', async (_, operation) => {
    const body = JSON.stringify({ 'not/known': 1 })
    const { errors } = await refused(operation, 422, 'invalid_request', { key: people.keys.rich, body })
    expect(errors).toContainEqual({ pointer: '/not~1known', detail: expect.any(String) })
  })

  test.each(byId(withBody))('%s refuses an empty one', async (_, operation) => {
    await refused(operation, 400, 'body_required', { key: people.keys.rich, body: undefined })
  })

  test.each(byId(withBody))('%s refuses one that is no JSON', async (_, operation) => {
    await refused(operation, 400, 'malformed_json', { key: people.keys.rich, body: '{"name":' })
  })

  test.each(byId(withBody))('%s refuses another media type', async (_, operation) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    await refused(operation, 415, 'unsupported_media_type', { key: people.keys.rich, headers })
  })
})

test.each(byId(withKey))('%s refuses a request without an Idempotency-Key', async (_, operation) => {
  const { errors } = await refused(operation, 400, 'idempotency_key_missing', {
    key: people.keys.rich,
    without: ['Idempotency-Key'],
  })
  expect(errors).toEqual([{ header: 'Idempotency-Key', detail: 'is missing' }])
})

test.each(byId(withMatch))('%s refuses an edit that does not say of which version', async (_, operation) => {
  const without = ['If-Match', 'If-None-Match']
  await refused(operation, 428, 'precondition_required', { key: people.keys.rich, without })
})

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const others = operations.flatMap((operation) => {
  const served = new Set(operations.filter(({ path }) => path === operation.path).map(({ method }) => method))
  return methods
    .filter((method) => !served.has(method))
    .map((method) => [method, operation.path, operation] as const)
})

test.each(others)('%s %s is no operation, and the answer says what is', async (method, _, operation) => {
  const answer = await ask(operation, { key: people.keys.rich, method, body: undefined })
  expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([405, 'method_not_allowed'])
  expect(answer.headers['allow']?.split(', ')).toContain(operation.method)
})
