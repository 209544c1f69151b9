import { topUp } from '@droplock/core/accounts/top-up'
import { actFor } from '@droplock/core/context'
import { lockOf } from '@droplock/core/idempotency/keyed-request'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import { describe, expect, test } from 'vitest'
import { untilAnswered } from '../../../packages/http/test/support/until-answered.ts'
import { servedFrom } from '../src/gateway.ts'
import { Backorder, PlacedBackorder } from '../src/resources/backorders.ts'
import { type Ask, createTestApp, sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { everyKeyedRefuses, expectProblem } from './support/refuses.ts'
import { keyedIds, order, payFor, wellFormed } from './support/requests.ts'
import { type Customer, givenCustomer, givenListings, inHours } from './support/world.ts'

const world = useSandboxWorld()

/** A second gateway on the same database. */
function another() {
  const { contextOf, provider } = world()
  return createTestApp({ test: servedFrom(contextOf('gateway'), provider) })
}

const read = async (response: Response) => ({
  status: response.status,
  replayed: response.headers.get('Idempotent-Replayed'),
  location: response.headers.get('Location'),
  body: await response.text(),
})

test('there are operations with a key', () => expect(keyedIds.length).toBeGreaterThan(5))

everyKeyedRefuses('idempotency_key_missing', 'a request without a key', (operation) =>
  sendUnreached({ ...wellFormed[operation], key: someKey, idempotencyKey: null }),
)

everyKeyedRefuses('idempotency_key_malformed', 'a key that is too long', (operation) =>
  sendUnreached({ ...wellFormed[operation], key: someKey, idempotencyKey: 'k'.repeat(256) }),
)

test.each(['', ' ', 'ünicode', '"open', '""', '"a\\b"'])('%j is no key', async (idempotencyKey) => {
  const response = await sendUnreached({ ...wellFormed.topUp, key: someKey, idempotencyKey })
  await expectProblem(response, 'idempotency_key_malformed')
})

everyKeyedRefuses('idempotency_key_reused', 'a key that was used for another request', async (operation) => {
  const { send, ctx } = world()
  const { key } = await givenCustomer(ctx)
  const ask = { key, idempotencyKey: newId() }
  const first =
    operation === 'topUp' ? { ...wellFormed.topUp, body: { amount_minor: 700 } } : wellFormed.topUp
  expect((await send({ ...first, ...ask })).status).toBe(201)
  return send({ ...wellFormed[operation], ...ask })
})

everyKeyedRefuses('request_in_progress', 'a key that another process is working for', async (operation) => {
  const { send, ctx } = world()
  const { key, accountId } = await givenCustomer(ctx)
  const actor = { kind: 'account', accountId, keyId: newId(), scopes, currency: 'USD' } as const
  const request = { key: 'k', item: 0, contentSha256: new Uint8Array(32), scope: 'backorders:write' } as const
  return onServer(world().databaseUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lockOf(actFor(ctx, actor), request)])
    const response = await send({ ...wellFormed[operation], key, idempotencyKey: request.key })
    expect(response.headers.get('Retry-After')).toBe('1')
    return response
  })
})

test('an operation without a body reads none, whatever the request says it has', async () => {
  const { send, ctx } = world()
  const { key } = await givenCustomer(ctx)
  const headers = { 'Content-Type': 'application/json' }
  await expectProblem(await send({ ...wellFormed.payBackorder, key, headers }), 'backorder_not_found')
})

describe('one key from 50 connections to two gateways at once', () => {
  const asks = {
    'an order from the balance': (name: string) => order(name),
    'an order by card': (name: string) => order(name, undefined, 'card'),
    'a top-up': () => wellFormed.topUp,
  }

  test.each(Object.entries(asks))('%s is made once, and its answer is the only one', async (_, ask) => {
    const { send, ctx } = world()
    const name = `${newId()}.test`
    await givenListings(ctx, [name])
    const { key, accountId } = await givenCustomer(ctx)
    const request = { ...ask(name), key, idempotencyKey: newId() }
    const gateways = [send, another().send]
    const rush = Array.from({ length: 50 }, (__, index) => gateways[index % 2]?.(request) ?? send(request))
    const answers = await Promise.all(rush.map(async (answer) => read(await answer)))
    const again = await read(await send(request))
    const done = [...answers, again].filter(({ status }) => status === 201)
    expect(new Set(done.map(({ body }) => body)).size).toBe(1)
    expect(done.filter(({ replayed }) => replayed === null)).toHaveLength(1)
    const others = answers.filter(({ status }) => status !== 201)
    expect(new Set(others.map(({ body }) => JSON.parse(body).code))).toEqual(
      new Set(others.length === 0 ? [] : ['request_in_progress']),
    )
    const made = await ctx.db
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    expect(made.count).toBe(1n)
  })
})

describe('a request that is sent again', () => {
  test('has the answer of the first, octet by octet, whatever became of the order and however its body is written', async () => {
    const { send, ctx } = world()
    await givenListings(ctx, ['again.test'])
    const { key } = await givenCustomer(ctx)
    const ask = { ...order('again.test', key), idempotencyKey: 'a key of mine' }
    const first = await read(await send(ask))
    expect(first).toMatchObject({ status: 201, replayed: null })
    await ctx.db
      .updateTable('listing')
      .set({ cutoff_at: new Date(Date.now() - 1), drop_to: inHours(9) })
      .where('name', '=', 'again.test')
      .execute()
    const written = [
      '{"payment":"balance", "name":"again.test"}',
      '{"name":"again.test","payment":"balance"}',
    ]
    for (const body of written) {
      const again = await read(await send({ ...ask, body, idempotencyKey: '"a key of mine"' }))
      expect(again).toEqual({ ...first, replayed: 'true' })
    }
    const otherContent = await send({ ...ask, body: { name: 'again.test', payment: 'card' } })
    await expectProblem(otherContent, 'idempotency_key_reused')
  })

  test('is refused without the scope of the first, and is a new one for another account', async () => {
    const { send, ctx } = world()
    await givenListings(ctx, ['mine.test'])
    const idempotencyKey = newId()
    const [one, other] = [await givenCustomer(ctx), await givenCustomer(ctx, { scopes: ['balance:read'] })]
    expect((await send({ ...order('mine.test', one.key), idempotencyKey })).status).toBe(201)
    const third = await givenCustomer(ctx)
    await expectProblem(await send({ ...order('mine.test', third.key), idempotencyKey }), 'name_taken')
    await expectProblem(
      await send({ ...order('mine.test', other.key), idempotencyKey }),
      'insufficient_scope',
    )
  })

  test('asks the provider again for the secret, which is not stored', async () => {
    const { send, ctx } = world()
    await givenListings(ctx, ['secret.test', 'unheld.test'])
    const { key } = await givenCustomer(ctx)
    for (const ask of [
      order('secret.test', key, 'card'),
      payFor('unheld.test', key),
      { ...wellFormed.topUp, key },
    ]) {
      const request = { ...ask, idempotencyKey: newId() }
      const [first, again] = [await read(await send(request)), await read(await send(request))]
      expect(again).toEqual({ ...first, replayed: 'true' })
      expect(first.body).toContain('client_secret')
    }
    const rows = await ctx.db.selectFrom('idempotency_key').select('body').execute()
    expect(rows.filter(({ body }) => /client_secret|pay_url|_secret_/.test(body))).toEqual([])
  })

  test('after a refusal it is tried anew: nothing was written', async () => {
    const { send, ctx } = world()
    await givenListings(ctx, ['poor.test'])
    const { key, accountId } = await givenCustomer(ctx, { balanceMinor: 0n })
    const request = { ...order('poor.test', key), idempotencyKey: newId() }
    await expectProblem(await send(request), 'insufficient_balance')
    await topUp(ctx, { accountId, amountMinor: 5_000n, receiptId: newId() })
    expect(await read(await send(request))).toMatchObject({ status: 201, replayed: null })
  })
})

/** Sends an order while the name's row is locked by another, so that it waits; `meanwhile` runs then. */
function whileLocked(name: string, ask: Ask, meanwhile = (): void => undefined): Promise<Response> {
  const { send, databaseUrl } = world()
  return onServer(databaseUrl, async (client) => {
    await client.query('begin')
    await client.query('select from listing where name = $1 for update', [name])
    const sent = untilAnswered(() => send(ask))
    const countWaiting = async () =>
      (
        await client.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        )
      ).rowCount
    await expect.poll(countWaiting).toBe(1)
    meanwhile()
    await client.query('commit')
    return sent
  })
}

test('an order that waited for its name has the same body as one that did not, and as a reading of it', async () => {
  const { send, ctx } = world()
  await givenListings(ctx, ['fast.test', 'slow.test'])
  const { key } = await givenCustomer(ctx)
  const of = (name: string) => ({
    ...order(name, key),
    body: { name, payment: 'balance', reference: 'PO "7"' },
  })
  const fast = await send(of('fast.test'))
  const slow = await whileLocked('slow.test', of('slow.test'))
  for (const response of [fast, slow]) {
    const location = response.headers.get('Location') ?? ''
    const body: unknown = await response.json()
    expect(body).toEqual(PlacedBackorder.strict().parse(body))
    const seen = await (await send({ path: location, key })).json()
    expect(body).toEqual(Backorder.parse(seen))
  }
})

test('an order that is sent again is answered while others want the same name', async () => {
  const { send, ctx } = world()
  await givenListings(ctx, ['wanted.test'])
  const [owner, rival]: Customer[] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const request = { ...order('wanted.test', owner?.key), idempotencyKey: newId() }
  const first = await read(await send(request))
  let again: Promise<Response> | undefined
  const refused = await whileLocked('wanted.test', order('wanted.test', rival?.key), () => {
    again = send(request)
  })
  await expectProblem(refused, 'name_taken')
  expect(again && (await read(await again))).toEqual({ ...first, replayed: 'true' })
})
