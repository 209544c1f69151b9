import { advanceFeed } from '@droplock/core/events/feed'
import { pruneEvents } from '@droplock/core/events/prune'
import { newId } from '@droplock/core/new-id'
import { expect, test } from 'vitest'
import { NewApiKey } from '../src/resources/api-keys.ts'
import { EventPage } from '../src/resources/events.ts'
import { SubAccount } from '../src/resources/sub-accounts.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order } from './support/requests.ts'
import { givenTried } from './support/tried.ts'
import { givenCustomer, givenListings, useWorld } from './support/world.ts'

const world = useWorld()

async function advance(): Promise<void> {
  while ((await advanceFeed(world.ctx)) > 0);
}

async function read(key: string, query = '') {
  await advance()
  const response = await world.send({ path: `/v1/events${query}`, key })
  expect(response.status).toBe(200)
  return EventPage.parse(await response.json())
}

const typesOf = ({ items }: EventPage) => items.map(({ type }) => type)
type EventPage = Awaited<ReturnType<typeof read>>

answers('listEvents', 200, 'what happened to an order, in the form of the bodies of webhooks', async () => {
  await givenListings(world.ctx, ['told.test'])
  const { key } = await givenCustomer(world.ctx)
  const { id } = (await (await world.send(order('told.test', key))).json()) as { id: string }
  const { items, cursor, next } = await read(key, '?topic=backorder.secured')
  expect(items).toEqual([
    {
      id: expect.any(String),
      type: 'backorder.secured',
      timestamp: expect.any(String),
      cursor: expect.any(String),
      data: expect.objectContaining({
        id,
        name: 'told.test',
        state: 'backordered',
        price: { amount_minor: 1_900, currency: 'USD' },
      }),
    },
  ])
  expect(next).toBeUndefined()
  expect(Number(cursor)).toBeGreaterThanOrEqual(Number(items[0]?.cursor))
})

test('a reader that continues from its cursor gets everything once, in order, and nothing of another account', async () => {
  await givenListings(world.ctx, ['one-of.test', 'two-of.test', 'theirs.test'])
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  await world.send(order('one-of.test', mine.key))
  await world.send(order('theirs.test', theirs.key))
  await world.send(order('two-of.test', mine.key))
  const first = await read(mine.key, '?limit=1')
  expect(typesOf(first)).toEqual(['backorder.secured'])
  expect(first.next).toBe(first.cursor)
  const second = await read(mine.key, `?after=${first.next}`)
  expect(typesOf(second)).toEqual(['backorder.secured'])
  expect(second).not.toHaveProperty('next')
  expect(await read(mine.key, `?after=${second.cursor}`)).toMatchObject({ items: [] })
  await givenTried(world.ctx, 'one-of.test', 1, 'ev-0001')
  const third = await read(mine.key, `?after=${second.cursor}`)
  expect(typesOf(third)).toEqual(['backorder.registering', 'refund.succeeded', 'backorder.failed'])
  const all = await read(mine.key)
  expect(all.items).toEqual([...first.items, ...second.items, ...third.items])
  const cursors = all.items.map(({ cursor }) => Number(cursor))
  expect(cursors).toEqual(cursors.toSorted((one, other) => one - other))
})

test('the cursor goes on where nothing is for the reader, so it does not grow old', async () => {
  await givenListings(world.ctx, ['of-others.test'])
  const { key } = await givenCustomer(world.ctx)
  const before = await read(key)
  await world.send(order('of-others.test', (await givenCustomer(world.ctx)).key))
  const { items, cursor } = await read(key, `?after=${before.cursor}`)
  expect(items).toEqual([])
  expect(Number(cursor)).toBeGreaterThan(Number(before.cursor))
})

test('a filter finds a rare topic behind more events than a page passes over', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const start = await read(key)
  const data = { id: accountId, balance: { amount_minor: 1, currency: 'USD' } }
  const event = { topic: 'account.topped_up', account_id: accountId, subject_id: accountId, data } as const
  const events = Array.from({ length: 6_000 }, () => ({ ...event, id: newId() }))
  await world.ctx.db.insertInto('event').values(events).execute()
  await advance()
  await world.ctx.db
    .insertInto('event')
    .values({ ...event, topic: 'balance.low', id: newId() })
    .execute()
  const page = await read(key, `?after=${start.cursor}&topic=balance.low,invoice.issued`)
  expect(page).toMatchObject({ items: [], next: page.cursor })
  expect(typesOf(await read(key, `?after=${page.next}&topic=balance.low,invoice.issued`))).toEqual([
    'balance.low',
  ])
})

test('a key of a sub-account reads the events about its orders alone, and what came of them', async () => {
  await givenListings(world.ctx, ['of-berlin.test', 'of-parent.test'])
  const { key } = await givenCustomer(world.ctx)
  const sent = { method: 'POST', key }
  const office = await world.send({ ...sent, path: '/v1/sub-accounts', body: { label: 'Berlin' } })
  const { id: sub_account_id } = SubAccount.parse(await office.json())
  const body = { label: 'of Berlin', scopes: ['events:read', 'backorders:write'], sub_account_id }
  const made = await world.send({ ...sent, path: '/v1/api-keys', body })
  const { key: subKey = '' } = NewApiKey.parse(await made.json())
  await world.send(order('of-berlin.test', subKey))
  await world.send(order('of-parent.test', key))
  await givenTried(world.ctx, 'of-berlin.test', 1, 'ev-0002')
  await givenTried(world.ctx, 'of-parent.test', 1, 'ev-0003')
  const own = await read(subKey)
  expect(typesOf(own)).toEqual([
    'backorder.secured',
    'backorder.registering',
    'refund.succeeded',
    'backorder.failed',
  ])
  const names = own.items.flatMap(({ data }) => ('name' in data ? [data.name] : []))
  expect(new Set(names)).toEqual(new Set(['of-berlin.test']))
  expect(typesOf(await read(key))).toHaveLength(8)
})

refuses(
  'listEvents',
  'event_cursor_gone',
  'a cursor that is no longer kept, and says where to begin',
  async () => {
    const { key, accountId } = await givenCustomer(world.ctx)
    const { cursor } = await read(key, '?limit=1')
    const occurred_at = new Date(Date.now() - 31 * 86_400_000)
    await world.ctx.db
      .insertInto('event')
      .values({
        id: newId(),
        topic: 'balance.low',
        account_id: accountId,
        subject_id: accountId,
        data: {},
        occurred_at,
      })
      .execute()
    await advance()
    expect(await pruneEvents(world.ctx, 30)).toBeGreaterThan(0)
    const response = await world.send({ path: `/v1/events?after=${cursor}`, key })
    const { oldest_cursor } = await expectProblem(response.clone(), 'event_cursor_gone')
    expect(typesOf(await read(key, `?after=${oldest_cursor}`))).toEqual([])
    return response
  },
)

refuses('listEvents', 'invalid_request', 'what is no cursor', () =>
  sendUnreached({ path: '/v1/events?after=next', key: someKey }),
)

test.each(['alarm.opened', 'backorder.odd', 'backorder.secured,', ''])('no topic is "%s"', async (text) => {
  const response = await sendUnreached({ path: `/v1/events?topic=${text}`, key: someKey })
  await expectProblem(response, 'invalid_request')
})
