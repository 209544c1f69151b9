import { fileBulkOrder } from '@droplock/core/bulk-orders/file'
import { claimBulkOrder, processBulkOrder } from '@droplock/core/bulk-orders/process'
import { actFor } from '@droplock/core/context'
import { proveLedger } from '@droplock/core/ledger/prove'
import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { BulkItemPage, BulkOrder } from '../src/resources/bulk-orders.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

async function readItems(key: string, id: string, query = '') {
  const response = await world.send({ path: `/v1/bulk-orders/${id}/items${query}`, key })
  expect(response.status).toBe(200)
  return BulkItemPage.parse(await response.json())
}

answers(
  'createBulkOrder',
  202,
  'each item is placed or refused alone, in order, with its own fields',
  async () => {
    await givenListings(world.ctx, ['bulk-1.test', 'bulk-2.test', 'bulk-taken.test', 'bulk-dear.test'])
    const [{ key }, rival] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
    await world.send(order('bulk-taken.test', rival.key))
    const items = [
      { name: 'Bulk-1.TEST', reference: 'PO-1', metadata: { row: '1' } },
      { name: 'bulk-taken.test' },
      { name: 'not a name' },
      { name: 'bulk-dear.test', expected_price: { amount_minor: 1, currency: 'USD' } },
      { name: 'bulk-2.test', expected_price: { amount_minor: priceMinor, currency: 'USD' } },
      { name: 'bulk-2.test' },
    ]
    const ask = { method: 'POST', path: '/v1/bulk-orders', key, body: { items }, idempotencyKey: 'bulk' }
    const response = await world.send(ask)
    expect(response.status).toBe(202)
    const bulk = BulkOrder.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`/v1/bulk-orders/${bulk.id}`)
    expect(bulk).toMatchObject({ state: 'finished', items: 6, waiting: 0, placed: 2, refused: 4 })
    const found = await readItems(key, bulk.id)
    expect(found.items).toMatchObject([
      {
        position: 0,
        name: 'Bulk-1.TEST',
        reference: 'PO-1',
        state: 'placed',
        backorder_id: expect.any(String),
      },
      { position: 1, state: 'refused', problem: { code: 'name_taken', retryable: false } },
      { position: 2, state: 'refused', problem: { code: 'invalid_name' } },
      { position: 3, state: 'refused', problem: { code: 'price_changed' } },
      { position: 4, state: 'placed' },
      { position: 5, state: 'refused', problem: { code: 'already_yours' } },
    ])
    const placed = await world.send({ path: `/v1/backorders/${found.items[0]?.backorder_id}`, key })
    expect(await placed.json()).toMatchObject({
      name: 'bulk-1.test',
      reference: 'PO-1',
      metadata: { row: '1' },
    })
    const again = await world.send(ask)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(await again.json()).toEqual(bulk)
    expect(await (await world.send({ path: '/v1/backorders?counts=true', key })).json()).toMatchObject({
      counts: { total: 2 },
    })
  },
)

/** As a gateway that died after it had filed the order. */
async function givenLeft(names: readonly string[]) {
  const { ctx } = world
  await givenListings(ctx, names)
  const { key, accountId } = await givenCustomer(ctx)
  const { id: keyId } = await ctx.db
    .selectFrom('api_key')
    .select('id')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const buyer = actFor(ctx, { kind: 'account', accountId, keyId, scopes, currency: 'USD' })
  const items = names.map((name) => ({ name }))
  const dead = ctx.newId()
  const id = await fileBulkOrder(buyer, items, { key: ctx.newId() }, dead)
  return { key, id, keyId, dead }
}

answers(
  'getBulkOrder',
  200,
  'what its gateway left is gone on with by another process, and done once',
  async () => {
    const { ctx } = world
    const { key, id, dead } = await givenLeft(['left-1.test', 'left-2.test', 'left-3.test'])
    const read = async () =>
      BulkOrder.parse(await (await world.send({ path: `/v1/bulk-orders/${id}`, key })).json())
    expect(await read()).toMatchObject({ state: 'processing', waiting: 3 })
    let rounds = 0
    await processBulkOrder(ctx, { id, claimedBy: dead }, () => (rounds += 1) <= 1)
    expect(await read()).toMatchObject({ state: 'processing', waiting: 2, placed: 1 })
    // It died after the order and before it could write that down.
    await ctx.db
      .updateTable('bulk_order_item')
      .set({ state: 'waiting', backorder_id: null })
      .where('bulk_order_id', '=', id)
      .execute()
    const successor = ctx.newId()
    expect(await claimBulkOrder(ctx, successor)).toBe(id)
    expect(await processBulkOrder(ctx, { id, claimedBy: successor }, () => true)).toBe(true)
    expect(await read()).toMatchObject({ state: 'finished', placed: 3, refused: 0 })
    expect(await claimBulkOrder(ctx, ctx.newId())).toBeUndefined()
  },
)

test('one that another process has goes on there, and no item is ordered twice', async () => {
  const { ctx } = world
  const { key, id, dead } = await givenLeft(['shared-1.test', 'shared-2.test', 'shared-3.test'])
  const successor = ctx.newId()
  await ctx.db.updateTable('bulk_order').set({ claimed_by: successor }).where('id', '=', id).execute()
  await Promise.all(
    [dead, successor].map((claimedBy) => processBulkOrder(ctx, { id, claimedBy }, () => true)),
  )
  const { items } = await readItems(key, id)
  expect(items.map(({ state }) => state)).toEqual(['placed', 'placed', 'placed'])
  expect(await proveLedger(ctx.db)).toMatchObject({ balanceMismatches: 0 })
})

test('the items that are left are refused when the key is revoked', async () => {
  const { ctx } = world
  const { key, id, keyId, dead } = await givenLeft(['after-1.test', 'after-2.test'])
  await world.send({ method: 'DELETE', path: `/v1/api-keys/${keyId}`, key })
  expect(await processBulkOrder(ctx, { id, claimedBy: dead }, () => true)).toBe(true)
  const codes = await ctx.db
    .selectFrom('bulk_order_item')
    .select('code')
    .where('bulk_order_id', '=', id)
    .execute()
  expect(codes).toEqual([{ code: 'unauthenticated' }, { code: 'unauthenticated' }])
})

answers('listBulkOrderItems', 200, 'items page by page, in the order of the request', async () => {
  const { key, id } = await givenLeft(['paged-b.test', 'paged-a.test', 'paged-c.test'])
  const first = await readItems(key, id, '?limit=2')
  expect(first.items.map(({ name }) => name)).toEqual(['paged-b.test', 'paged-a.test'])
  const second = await readItems(key, id, `?limit=2&cursor=${first.next}`)
  expect(second).toEqual({ items: [{ position: 2, name: 'paged-c.test', state: 'waiting' }] })
})

const stranger = async () => (await givenCustomer(world.ctx)).key
refuses('getBulkOrder', 'bulk_order_not_found', 'that of another account', async () => {
  const { id } = await givenLeft(['theirs-bulk.test'])
  await expectProblem(
    await world.send({ path: `/v1/bulk-orders/${id}/items`, key: await stranger() }),
    'bulk_order_not_found',
  )
  return world.send({ path: `/v1/bulk-orders/${id}`, key: await stranger() })
})
refuses('listBulkOrderItems', 'bulk_order_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.listBulkOrderItems, key: await stranger() }),
)
const thousandAndOne = Array.from({ length: 1_001 }, (_, index) => ({ name: `n${index}.test` }))
refuses('createBulkOrder', 'invalid_request', 'more than a thousand items', () =>
  sendUnreached({ ...wellFormed.createBulkOrder, key: someKey, body: { items: thousandAndOne } }),
)
refuses('getBulkOrder', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/bulk-orders/17', key: someKey }),
)
refuses('listBulkOrderItems', 'invalid_request', 'a cursor that is none', () =>
  sendUnreached({ path: `/v1/bulk-orders/${someId}/items?cursor=x`, key: someKey }),
)
