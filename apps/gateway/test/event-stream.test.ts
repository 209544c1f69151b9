import { once } from 'node:events'
import { switchAccount } from '@droplock/core/accounts/administer'
import { revokeApiKey } from '@droplock/core/api-keys'
import { asService, type Context } from '@droplock/core/context'
import { readFeed } from '@droplock/core/events/feed'
import { pruneEvents } from '@droplock/core/events/prune'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { NewApiKey } from '../src/resources/api-keys.ts'
import { SubAccount } from '../src/resources/sub-accounts.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, refuses } from './support/refuses.ts'
import { advance, openStream, type Reader, received, startGateway } from './support/streams.ts'
import { type Customer, givenCustomer, givenListings, openWorld } from './support/world.ts'

const patient = { timeout: 30_000, interval: 20 }

let world: Awaited<ReturnType<typeof openWorld>>
let ctx: Context
beforeAll(async () => {
  world = await openWorld()
  ctx = world.ctx
})
afterAll(() => world.drop())

const start = (settings?: Record<string, string>) => startGateway(world.urls.gateway, settings)

/** So many events of an account, in one transaction. */
async function publish({ accountId }: Customer, names: readonly string[], filler = ''): Promise<void> {
  const window = { cutoff_at: TIME, drop_from: TIME, drop_to: TIME }
  const price = { amount_minor: 1_900, currency: 'USD' }
  const order = { state: 'backordered', created_at: TIME, price, reference: filler, ...window }
  const event = { topic: 'backorder.secured', account_id: accountId } as const
  const rows = names.map((name) => {
    const id = newId()
    return { ...event, id, subject_id: id, data: { id, name, ...order } }
  })
  await ctx.db.insertInto('event').values(rows).execute()
}
const TIME = '2026-02-15T13:00:00.000Z'

const untilTold = (reader: Reader, names: readonly string[]) =>
  vi.waitFor(
    () => expect(received(reader)).toEqual(names.map((name) => `backorder.secured ${name}`)),
    patient,
  )

answers(
  'streamEvents',
  200,
  'events come as they happen, to their account alone, with a heartbeat',
  async () => {
    const { url } = await start({ EVENT_HEARTBEAT_MS: '100' })
    const [mine, theirs] = [await givenCustomer(ctx), await givenCustomer(ctx)]
    await publish(mine, ['before.test'])
    await advance(ctx)
    const [reader, other] = [await openStream(url, mine), await openStream(url, theirs)]
    expect(reader.response.headers.get('Content-Type')).toBe('text/event-stream')
    expect(reader.response.headers.get('Content-Encoding')).toBeNull()
    await vi.waitFor(() => expect(reader.blocks.length).toBeGreaterThan(0), patient)
    await publish(mine, ['now.test'])
    await advance(ctx)
    await untilTold(reader, ['now.test'])
    const sent = reader.blocks.find(({ event }) => event === 'backorder.secured')
    const item = JSON.parse(sent?.data ?? '')
    expect(item).toMatchObject({ type: 'backorder.secured', cursor: sent?.id, data: { name: 'now.test' } })
    const headers = { Authorization: `Bearer ${mine.key}` }
    const page: unknown = await (
      await fetch(`${url}/v1/events?after=${Number(sent?.id) - 1}`, { headers })
    ).json()
    expect(page).toMatchObject({ items: [item] })
    await vi.waitFor(
      () =>
        expect(other.blocks).toContainEqual(expect.objectContaining({ comment: 'heartbeat', id: sent?.id })),
      patient,
    )
    expect(received(other)).toEqual([])
  },
)

test('a client that continues gets what it has missed, of the topics that it wants, and then what happens', async () => {
  const { url } = await start()
  const customer = await givenCustomer(ctx)
  const after = (await readFeed(ctx)).last.toString()
  const names = Array.from({ length: 450 }, (_, index) => `m${index}.test`)
  await publish(customer, names)
  await advance(ctx)
  const reader = await openStream(url, { ...customer, query: `?after=${after}` })
  await untilTold(reader, names)
  const other = await openStream(url, { ...customer, query: `?after=${after}&topic=backorder.failed` })
  await vi.waitFor(() => expect(other.blocks.length).toBeGreaterThan(0), patient)
  await publish(customer, ['last.test'])
  await advance(ctx)
  await untilTold(reader, [...names, 'last.test'])
  expect(received(other)).toEqual([])
})

test('a gateway that is killed loses nothing and repeats nothing: the client goes on at another', async () => {
  const customer = await givenCustomer(ctx)
  const gateways = [await start(), await start()]
  const seen: string[] = []
  let reader = await openStream(gateways[0]?.url ?? '', customer)
  await vi.waitFor(() => expect(reader.blocks.length).toBeGreaterThan(0), patient)
  const all = Array.from({ length: 60 }, (_, index) => `k${index}.test`)
  for (const [index, name] of all.entries()) {
    await publish(customer, [name])
    await advance(ctx)
    if (index !== 20) continue
    gateways[0]?.child.kill('SIGKILL')
    await reader.over.catch(() => undefined)
    const lastEventId = reader.blocks.findLast(({ id }) => id !== undefined)?.id
    seen.push(...received(reader))
    reader = await openStream(gateways[1]?.url ?? '', { ...customer, lastEventId })
  }
  await vi.waitFor(() => expect(seen.length + received(reader).length).toBe(all.length), patient)
  expect([...seen, ...received(reader)]).toEqual(all.map((name) => `backorder.secured ${name}`))
})

test('a gateway that is about to end says so to its streams and ends them at once', async () => {
  const { url, child } = await start({ DRAIN_MS_MAX: '600000' })
  const reader = await openStream(url, await givenCustomer(ctx))
  await vi.waitFor(() => expect(reader.blocks.length).toBeGreaterThan(0), patient)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await reader.over
  expect(reader.blocks.at(-1)).toMatchObject({ comment: 'closing' })
  expect(await exited).toEqual([0, null])
})

const keyOf = async ({ accountId }: Customer) =>
  (
    await ctx.db
      .selectFrom('api_key')
      .select('id')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
  ).id

test.each<[string, (customer: Customer) => Promise<unknown>]>([
  [
    'that is revoked',
    async (customer) => revokeApiKey(asService(ctx), { keyId: await keyOf(customer), reason: 'leaked' }),
  ],
  [
    'that expires, of which nobody is notified,',
    async (customer) =>
      ctx.db
        .updateTable('api_key')
        .set({ expires_at: new Date() })
        .where('id', '=', await keyOf(customer))
        .execute(),
  ],
  [
    'that may be used from elsewhere alone',
    async (customer) =>
      ctx.db
        .updateTable('api_key')
        .set({ allowed_addresses: ['192.0.2.0/24'] })
        .where('id', '=', await keyOf(customer))
        .execute(),
  ],
  [
    'whose account is disabled',
    ({ accountId }) => switchAccount(asService(ctx), { accountId, enabled: false, reason: 'does not pay' }),
  ],
])('a key %s ends its stream, and no other', async (_, end) => {
  const { url } = await start()
  const [mine, theirs] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const [reader, other] = [await openStream(url, mine), await openStream(url, theirs)]
  await vi.waitFor(() => expect(reader.blocks.length * other.blocks.length).toBeGreaterThan(0), patient)
  await end(mine)
  await reader.over
  expect(reader.blocks.at(-1)).toMatchObject({ comment: 'unauthenticated' })
  await publish(theirs, ['goes-on.test'])
  await advance(ctx)
  await untilTold(other, ['goes-on.test'])
})

test('a client whose cursor is gone is asked to read the state again, and misses nothing from then on', async () => {
  const { url } = await start()
  const customer = await givenCustomer(ctx)
  const lastEventId = (await readFeed(ctx)).last.toString()
  const other = await openStream(url, customer)
  await vi.waitFor(() => expect(other.blocks.length).toBeGreaterThan(0), patient)
  await publish(customer, ['gone.test'])
  await advance(ctx)
  await ctx.db.insertInto('event').values(oldEvent(customer)).execute()
  await publish(customer, ['read.test'])
  await advance(ctx)
  await untilTold(other, ['gone.test', 'read.test'])
  expect(await pruneEvents(ctx, 30)).toBe(1)
  const { last, pruned } = await readFeed(ctx)
  const reader = await openStream(url, { ...customer, lastEventId })
  await vi.waitFor(() => expect(reader.blocks).toHaveLength(2), patient)
  await publish(customer, ['kept.test'])
  await advance(ctx)
  await untilTold(reader, ['kept.test'])
  const said = reader.blocks.find(({ event }) => event === 'resync')
  expect(JSON.parse(said?.data ?? '')).toEqual({
    code: 'event_cursor_gone',
    oldest_cursor: pruned.toString(),
  })
  expect(said?.id).toBe(last.toString())
})

const oldEvent = ({ accountId }: Customer) => ({
  id: newId(),
  topic: 'balance.low' as const,
  account_id: accountId,
  subject_id: accountId,
  data: {},
  occurred_at: new Date(Date.now() - 31 * 86_400_000),
})

test("a key of a sub-account follows its sub-account's orders alone", async () => {
  const { url } = await start()
  const customer = await givenCustomer(ctx)
  await givenListings(ctx, ['branch.test', 'head-office.test'])
  const post = async (path: string, key: string, body: object): Promise<unknown> => {
    const headers = {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': newId(),
    }
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const office = SubAccount.parse(await post('/v1/sub-accounts', customer.key, { label: 'A branch' }))
  const scopes = ['events:read', 'backorders:write']
  const wanted = { label: 'of it', scopes, sub_account_id: office.id }
  const { key = '' } = NewApiKey.parse(await post('/v1/api-keys', customer.key, wanted))
  const [branch, all] = [await openStream(url, { key }), await openStream(url, customer)]
  await vi.waitFor(() => expect(branch.blocks.length * all.blocks.length).toBeGreaterThan(0), patient)
  await post('/v1/backorders', customer.key, { name: 'head-office.test', payment: 'balance' })
  await post('/v1/backorders', key, { name: 'branch.test', payment: 'balance' })
  await advance(ctx)
  await untilTold(branch, ['branch.test'])
  await untilTold(all, ['head-office.test', 'branch.test'])
})

const typesOf = ({ blocks }: Reader) => blocks.flatMap(({ event }) => event ?? [])

test('what is for all accounts comes to each of them, also as a page; an alarm comes to none', async () => {
  const { url } = await start()
  const [mine, theirs] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const [reader, other] = [await openStream(url, mine), await openStream(url, theirs)]
  await vi.waitFor(() => expect(reader.blocks.length * other.blocks.length).toBeGreaterThan(0), patient)
  const { last } = await readFeed(ctx)
  const list = { made_at: TIME, names: 2, bytes: 99, sha256: '00', zones: [{ zone: 'test', names: 2 }] }
  const [listId, alarmId] = [newId(), newId()]
  await ctx.db
    .insertInto('event')
    .values([
      { id: newId(), topic: 'alarm.opened', subject_id: alarmId, data: { id: alarmId } },
      { id: newId(), topic: 'drop_list.published', subject_id: listId, data: { id: listId, ...list } },
    ])
    .execute()
  await publish(mine, ['own.test'])
  await advance(ctx)
  await vi.waitFor(() => expect(received(reader)).toHaveLength(2), patient)
  await vi.waitFor(() => expect(received(other)).toHaveLength(1), patient)
  expect(typesOf(reader)).toEqual(['drop_list.published', 'backorder.secured'])
  expect(typesOf(other)).toEqual(['drop_list.published'])
  const headers = { Authorization: `Bearer ${theirs.key}` }
  const page: unknown = await (await fetch(`${url}/v1/events?after=${last}`, { headers })).json()
  expect(page).toMatchObject({ items: [{ type: 'drop_list.published', data: { id: listId } }] })
})

/** More than is in flight between two processes. */
const filler = 'x'.repeat(20_000)
const many = Array.from({ length: 1_000 }, (_, index) => `s${index}.test`)

async function publishMany(customer: Customer, reader: Reader): Promise<void> {
  for (let at = 0; at < many.length; at += 100) {
    await publish(customer, many.slice(at, at + 100), filler)
    await advance(ctx)
    await untilTold(reader, many.slice(0, at + 100))
  }
}

test('a reader that reads later gets everything once, and has held up no other', async () => {
  const { url } = await start()
  const customer = await givenCustomer(ctx)
  const late = await openStream(url, { ...customer, isLate: true })
  const reader = await openStream(url, customer)
  await vi.waitFor(() => expect(reader.blocks.length).toBeGreaterThan(0), patient)
  await publishMany(customer, reader)
  expect(late.blocks).toEqual([])
  late.begin()
  await untilTold(late, many)
})

test('a reader that does not read at all is disconnected', async () => {
  const { url } = await start({ WRITE_MS_MAX: '5000' })
  const customer = await givenCustomer(ctx)
  const stuck = await openStream(url, { ...customer, isLate: true })
  const reader = await openStream(url, customer)
  await vi.waitFor(() => expect(reader.blocks.length).toBeGreaterThan(0), patient)
  await publishMany(customer, reader)
  await untilGone(url, customer, 9)
  stuck.begin()
  await expect(stuck.over).rejects.toThrow()
})

/** Waits until so many further streams of the account can be opened. */
async function untilGone(url: string, customer: Customer, free: number): Promise<void> {
  const open = async () => {
    const readers = await Promise.all(Array.from({ length: free }, () => openStream(url, customer)))
    for (const { close } of readers) close()
    return readers.every(({ response }) => response.ok)
  }
  await vi.waitFor(async () => expect(await open()).toBe(true), patient)
}

test('however many streams there are, one connection listens', async () => {
  const { url } = await start()
  const customers = await Promise.all([1, 2, 3, 4, 5].map(() => givenCustomer(ctx)))
  const readers = await Promise.all(customers.map((customer) => openStream(url, customer)))
  await vi.waitFor(() => expect(readers.every(({ blocks }) => blocks.length > 0)).toBe(true), patient)
  const count = `select pid from pg_stat_activity where application_name = 'droplock-gateway-events' and query ilike 'listen%'
    and datname = current_database()`
  await onServer(world.url, (server) =>
    vi.waitFor(async () => expect((await server.query(count)).rowCount).toBe(1), patient),
  )
})

refuses(
  'streamEvents',
  'too_many_streams',
  'more streams than an account may have, until one is closed',
  async () => {
    const { url } = await start()
    const customer = await givenCustomer(ctx)
    const readers = await Promise.all(Array.from({ length: 10 }, () => openStream(url, customer)))
    const headers = { Authorization: `Bearer ${customer.key}` }
    const response = await fetch(`${url}/v1/events/stream`, { headers })
    readers[0]?.close()
    await vi.waitFor(async () => expect((await openStream(url, customer)).response.status).toBe(200), patient)
    return response
  },
)

refuses('streamEvents', 'invalid_request', 'what is no cursor', () =>
  sendUnreached({ path: '/v1/events/stream', key: someKey, headers: { 'Last-Event-ID': 'yesterday' } }),
)
