import { proveLedger } from '@droplock/core/ledger/prove'
import { describe, expect, test } from 'vitest'
import { operations } from '../src/operations.ts'
import { BackorderDetail, PlacedBackorder } from '../src/resources/backorders.ts'
import { SubAccount } from '../src/resources/sub-accounts.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { operationIds, order, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, priceMinor } from './support/world.ts'

const world = useSandboxWorld()

/** A name that is held unpaid. */
async function givenHold(name: string, balanceMinor = 5_000n) {
  const { ctx, send } = world()
  await givenListings(ctx, [name])
  const customer = await givenCustomer(ctx, { balanceMinor })
  const placed = PlacedBackorder.parse(await (await send(order(name, customer.key, 'card'))).json())
  const path = `/v1/backorders/${placed.id}`
  const read = async () => BackorderDetail.parse(await (await send({ path, key: customer.key })).json())
  const pay = () => send({ method: 'POST', path: `${path}/pay`, key: customer.key })
  return { ...customer, placed, path, read, pay }
}

answers(
  'payHold',
  200,
  'the hold is secured from the balance, and its card payment is cancelled',
  async () => {
    const { ctx, send, work } = world()
    const { key, read, pay } = await givenHold('paid-hold.test')
    const response = await pay()
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ state: 'backordered', secured_at: expect.any(String) })
    await work()
    expect((await read()).payments).toMatchObject([
      { method: 'card', state: 'canceled', secures: false },
      { method: 'balance', state: 'succeeded', secures: true },
    ])
    const balance = await send({ path: '/v1/balance', key })
    expect(await balance.json()).toMatchObject({ balance: { amount_minor: 5_000 - priceMinor } })
    expect(await proveLedger(ctx.db)).toMatchObject({
      balanceMismatches: 0,
      escrowDifferenceMinor: { USD: 0n },
    })
  },
)

test('a card that is charged nevertheless is refunded as a duplicate', async () => {
  const { pay: charge, work } = world()
  const { placed, read, pay } = await givenHold('paid-twice.test')
  await charge(placed.payment ?? {}, 'approve')
  expect((await pay()).status).toBe(200)
  await work()
  expect(await read()).toMatchObject({ state: 'backordered', refunds: [{ cause: 'duplicate_payment' }] })
})

test('of ten payments at once one is taken', async () => {
  const { send } = world()
  const { key, pay } = await givenHold('at-once-hold.test', 100_000n)
  const responses = await Promise.all(Array.from({ length: 10 }, pay))
  expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
  const balance = await send({ path: '/v1/balance', key })
  expect(await balance.json()).toMatchObject({ balance: { amount_minor: 100_000 - priceMinor } })
})

refuses('payHold', 'insufficient_balance', 'where the balance does not cover the price', async () => {
  const { read, pay } = await givenHold('too-dear-hold.test', 100n)
  const refused = await pay()
  expect(await read()).toMatchObject({ state: 'pending_payment' })
  return refused
})

refuses('payHold', 'payment_ended', 'an order that is paid, released or past its time', async () => {
  const { ctx, send } = world()
  const released = await givenHold('released-hold.test')
  await send({ method: 'POST', path: `${released.path}/release`, key: released.key })
  await expectProblem(await released.pay(), 'payment_ended')
  const lapsed = await givenHold('lapsed-hold.test')
  await ctx.db
    .updateTable('backorder')
    .set({ pay_by: new Date(0) })
    .where('id', '=', lapsed.placed.id)
    .execute()
  await expectProblem(await lapsed.pay(), 'payment_ended')
  const paid = await givenHold('paid-before.test')
  await paid.pay()
  return paid.pay()
})

refuses('payHold', 'name_premium', 'a name that has become premium', async () => {
  const { pay } = await givenHold('premium-hold.test')
  await world()
    .ctx.db.updateTable('listing')
    .set({ premium: true })
    .where('name', '=', 'premium-hold.test')
    .execute()
  return pay()
})

refuses(
  'payHold',
  'sub_account_limit_reached',
  'what exceeds the limit of the order’s sub-account',
  async () => {
    const { ctx, send } = world()
    await givenListings(ctx, ['limited-hold.test'])
    const { key } = await givenCustomer(ctx)
    const monthly_limit = { amount_minor: priceMinor - 1, currency: 'USD' }
    const body = { label: 'an office', monthly_limit }
    const made = await send({ method: 'POST', path: '/v1/sub-accounts', key, body })
    const { id: sub_account_id } = SubAccount.parse(await made.json())
    const wanted = { name: 'limited-hold.test', payment: 'card', sub_account_id }
    const placed = await send({ method: 'POST', path: '/v1/backorders', key, body: wanted })
    return send({ method: 'POST', path: `${placed.headers.get('Location')}/pay`, key })
  },
)

refuses('payHold', 'backorder_not_found', 'the hold of another account', async () => {
  const { ctx, send } = world()
  const { path } = await givenHold('their-hold.test')
  return send({ method: 'POST', path: `${path}/pay`, key: (await givenCustomer(ctx)).key })
})

refuses('payHold', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/backorders/17/pay', key: someKey }),
)

describe('a secured backorder', () => {
  const ofOneOrder = operationIds.filter(
    (id) =>
      operations[id].method !== 'get' &&
      wellFormed[id].path.includes(someId) &&
      operations[id].path.startsWith('/v1/backorders/'),
  )

  test('there are operations that could end it', () => expect(ofOneOrder).toContain('releaseBackorder'))

  test.each(ofOneOrder)('%s does not cancel it', async (id) => {
    const { send } = world()
    const { key, pay, placed, read } = await givenHold(`kept-${id.toLowerCase()}.test`)
    await pay()
    const path = wellFormed[id].path.replace(someId, placed.id)
    const response = await send({ ...wellFormed[id], path, key })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(await read()).toMatchObject({ state: 'backordered', refunds: [] })
  })

  test('no operation deletes orders or says that it cancels', () => {
    for (const { method, path, operationId } of Object.values(operations)) {
      expect(operationId).not.toMatch(/cancel|withdraw|undo/i)
      if (method === 'delete') expect(path).not.toContain('/v1/backorders')
    }
  })
})
