import { Payment, PaymentDetail } from '@droplock/contracts/gateway/payment'
import { OrderedRenewal } from '@droplock/contracts/gateway/renewal'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { givenCustomer, renewalMinor } from '../support/world.ts'

const world = useSandboxWorld()

/** A renewal that waits for its card, and another payment for it. */
async function given(name: string) {
  const { ctx, send } = world()
  const { key } = await givenCustomer(ctx)
  const path = await givenCaught(world(), name, key)
  const ordered = await quoteAndRenew(send, path, key, 'card')
  const { payment: first, ...renewal } = OrderedRenewal.parse(await ordered.json())
  const renewalPath = `/v1/renewals/${renewal.id}`
  return {
    renewal,
    first: first ?? {},
    another: () => send({ method: 'POST', path: `${renewalPath}/payments`, key }),
    state: async () => ((await (await send({ path: renewalPath, key })).json()) as { state: string }).state,
    detail: async (id: string) =>
      PaymentDetail.parse(await (await send({ path: `/v1/payments/${id}`, key })).json()),
  }
}

test('a renewal whose card was declined is paid with another, of the same price and in the same time', async () => {
  const { renewal, first, another, state } = await given('declined.test')
  await world().pay(first, 'decline')
  await world().work()
  expect(await state()).toBe('pending_payment')
  const response = await another()
  expect(response.status).toBe(201)
  const payment = Payment.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/payments/${payment.id}`)
  expect(payment).toMatchObject({
    purpose: 'renewal',
    state: 'requires_action',
    amount: { amount_minor: renewalMinor, currency: 'USD' },
    renewal_id: renewal.id,
    pay_by: renewal.pay_by,
    client_secret: expect.any(String),
  })
  await world().pay(payment, 'approve')
  await world().work()
  expect(await state()).toBe('paid')
})

test('of two cards that both paid a renewal one goes back', async () => {
  const { first, another, state, detail } = await given('both.test')
  const second = Payment.parse(await (await another()).json())
  await world().pay(first, 'approve')
  await world().pay(second, 'approve')
  await world().work()
  expect(await state()).toBe('paid')
  const cause = 'duplicate_payment'
  const both = [await detail(second.id), await detail((first as { id: string }).id)]
  expect(both.map(({ secures }) => secures).toSorted()).toEqual([false, true])
  for (const { secures, refunds } of both) {
    expect(refunds.map((refund) => refund.cause)).toEqual(secures ? [] : [cause])
  }
})
