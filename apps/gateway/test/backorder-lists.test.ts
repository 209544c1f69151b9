import { expect, test } from 'vitest'
import { BackorderTimeline } from '../src/resources/backorder-timeline.ts'
import { BackorderPage } from '../src/resources/backorders.ts'
import { RefundPage } from '../src/resources/refunds.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { givenTried } from './support/tried.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

async function namesOf(key: string, query: string) {
  const response = await world.send({ path: `/v1/backorders?${query}`, key })
  expect(response.status).toBe(200)
  return BackorderPage.parse(await response.json()).items.map(({ name }) => name)
}

test('orders are found by zone, part of the name, reference and day of the drop, alone and together', async () => {
  const far = new Date('2077-03-05T12:00:00Z')
  await givenListings(world.ctx, ['far-shop.test'], { purgeAt: far })
  await givenListings(world.ctx, ['near-shop.filters', 'near-book.test'])
  const { key } = await givenCustomer(world.ctx)
  for (const [index, name] of ['far-shop.test', 'near-shop.filters', 'near-book.test'].entries()) {
    const body = { name, payment: 'balance', reference: `PO-${index}` }
    expect((await world.send({ method: 'POST', path: '/v1/backorders', key, body })).status).toBe(201)
  }
  expect(await namesOf(key, 'zone=filters')).toEqual(['near-shop.filters'])
  expect(await namesOf(key, 'name=SHOP')).toEqual(['near-shop.filters', 'far-shop.test'])
  expect(await namesOf(key, 'reference=PO-2')).toEqual(['near-book.test'])
  expect(await namesOf(key, 'reference=PO')).toEqual([])
  expect(await namesOf(key, 'drop_from=2077-03-05&drop_to=2077-03-05')).toEqual(['far-shop.test'])
  expect(await namesOf(key, 'drop_from=2077-03-06')).toEqual([])
  expect(await namesOf(key, 'drop_to=2077-03-04')).toEqual(['near-book.test', 'near-shop.filters'])
  expect(await namesOf(key, 'name=shop&zone=test')).toEqual(['far-shop.test'])
  expect(await namesOf(key, 'name=shop&limit=1')).toEqual(['near-shop.filters'])
})

test('counts are of all that matches, by state, whatever page and state are asked for', async () => {
  await givenListings(world.ctx, ['counted-1.test', 'counted-2.test', 'counted-lost.test'])
  const [{ key }, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const name of ['counted-1.test', 'counted-lost.test']) await world.send(order(name, key))
  await world.send(order('counted-2.test', other.key))
  await givenTried(world.ctx, 'counted-lost.test', 2, 'counted-0002')
  const read = async (query: string): Promise<unknown> =>
    (await world.send({ path: `/v1/backorders?${query}`, key })).json()
  const by_state = {
    pending_payment: 0,
    backordered: 1,
    registering: 0,
    successful: 0,
    failed: 1,
    expired: 0,
  }
  expect(await read('counts=true&limit=1')).toMatchObject({
    items: [{ name: 'counted-lost.test' }],
    counts: { by_state, total: 2, total_is_exact: true },
  })
  expect(await read('counts=true&state=failed')).toMatchObject({ counts: { by_state, total: 1 } })
  expect(await read('counts=true&name=nothing')).toMatchObject({ items: [], counts: { total: 0 } })
  expect(await read('limit=1')).not.toHaveProperty('counts')
})

answers('getBackorderTimeline', 200, 'what happened, in order, in words', async () => {
  await givenListings(world.ctx, ['history.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('history.test', key))
  await givenTried(world.ctx, 'history.test', 3, 'history-0003')
  const response = await world.send({ path: `${placed.headers.get('Location')}/timeline`, key })
  const { items } = BackorderTimeline.parse(await response.json())
  // The attempts of the test are older than its order.
  expect(items.map(({ kind }) => kind).toSorted()).toEqual([
    'armed',
    'decided',
    'deciding_attempt',
    'first_attempt',
    'ordered',
    'payment',
    'refund_created',
    'refund_decided',
    'secured',
  ])
  // Of what happened at the same instant the cause comes first.
  expect(
    items.map(({ kind }) => kind).filter((kind) => ['ordered', 'payment', 'secured'].includes(kind)),
  ).toEqual(['ordered', 'payment', 'secured'])
  const times = items.map(({ at }) => at)
  expect(times).toEqual(times.toSorted())
  const textOf = (kind: string) => items.find((item) => item.kind === kind)?.text
  expect(textOf('ordered')).toBe('You ordered the name for 19.00 USD.')
  expect(textOf('deciding_attempt')).toBe(
    'The registry answered 2302 (Object exists). That decided the result.',
  )
  expect(textOf('decided')).toBe('The registrar rival registered the name first.')
  expect(textOf('refund_decided')).toBe('The refund of 19.00 USD was paid.')
  // What the sentences say, for those in other languages.
  const entry = (kind: string) => items.find((item) => item.kind === kind)
  expect(entry('payment')).toMatchObject({ method: 'balance', state: 'succeeded' })
  expect(entry('decided')).toMatchObject({ state: 'failed', reason: 'lost', holder_clid: 'rival' })
  expect(entry('deciding_attempt')).toMatchObject({ code: 2302, message: 'Object exists' })
})

refuses('getBackorderTimeline', 'backorder_not_found', 'the backorder of another account', async () => {
  await givenListings(world.ctx, ['their-history.test'])
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const placed = await world.send(order('their-history.test', theirs.key))
  return world.send({ path: `${placed.headers.get('Location')}/timeline`, key: mine.key })
})

refuses('getBackorderTimeline', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/backorders/17/timeline', key: someKey }),
)

answers('listRefunds', 200, 'the refunds of the account alone, newest first', async () => {
  await givenListings(world.ctx, ['refunded-1.test', 'refunded-2.test', 'refunded-3.test'])
  const [{ key }, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const name of ['refunded-1.test', 'refunded-2.test']) await world.send(order(name, key))
  await world.send(order('refunded-3.test', other.key))
  await givenTried(world.ctx, 'refunded-1.test', 1, 'ra-0001')
  await givenTried(world.ctx, 'refunded-2.test', 1, 'rb-0001')
  await givenTried(world.ctx, 'refunded-3.test', 1, 'rc-0001')
  const read = async (query: string) =>
    RefundPage.parse(await (await world.send({ path: `/v1/refunds${query}`, key })).json())
  const first = await read('?limit=1')
  expect(first.items.map(({ name }) => name)).toEqual(['refunded-2.test'])
  const second = await read(`?limit=1&cursor=${first.next}`)
  expect(second.items.map(({ name }) => name)).toEqual(['refunded-1.test'])
  expect(second.next).toBeUndefined()
  expect(await read('?state=failed')).toEqual({ items: [] })
  const backorderId = second.items[0]?.backorder_id
  expect((await read(`?backorder_id=${backorderId}`)).items).toHaveLength(1)
})

answers('getRefund', 200, 'a refund says of what, why, how much and whereto', async () => {
  await givenListings(world.ctx, ['refund-read.test'])
  const [{ key }, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  await world.send(order('refund-read.test', key))
  await givenTried(world.ctx, 'refund-read.test', 1, 'rd-0001')
  const [listed] = RefundPage.parse(await (await world.send({ path: '/v1/refunds', key })).json()).items
  const path = `/v1/refunds/${listed?.id}`
  expect(await (await world.send({ path, key })).json()).toMatchObject({
    name: 'refund-read.test',
    cause: 'backorder_failed',
    state: 'succeeded',
    destination: 'original_payment',
    method: 'balance',
    amount: { amount_minor: priceMinor, currency: 'USD' },
  })
  await expectProblem(await world.send({ path, key: other.key }), 'refund_not_found')
})

refuses('getRefund', 'refund_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.getRefund, key: (await givenCustomer(world.ctx)).key }),
)

refuses('getRefund', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/refunds/17', key: someKey }),
)

refuses('listRefunds', 'invalid_request', 'an unknown state', () =>
  sendUnreached({ path: '/v1/refunds?state=lost', key: someKey }),
)

refuses('listRefunds', 'invalid_cursor', 'a cursor that no page ended with', async () =>
  world.send({ path: `/v1/refunds?cursor=${someId}`, key: (await givenCustomer(world.ctx)).key }),
)
