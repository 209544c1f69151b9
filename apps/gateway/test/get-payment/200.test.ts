import { PlacedBackorder } from '@droplock/contracts/gateway/backorder'
import { PaymentDetail } from '@droplock/contracts/gateway/payment'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor } from '../support/world.ts'

const world = useSandboxWorld()

async function given(name: string) {
  const { ctx, send } = world()
  await givenListings(ctx, [name])
  const { key } = await givenCustomer(ctx)
  const backorder = PlacedBackorder.parse(await (await send(order(name, key, 'card'))).json())
  const read = async () => {
    const response = await send({ path: `/v1/payments/${backorder.payment?.id}`, key })
    expect(response.status).toBe(200)
    return PaymentDetail.parse(await response.json())
  }
  return { backorder, key, read }
}

test('a payment carries its secret as long as it can be paid, and not once it was', async () => {
  const { pay, work } = world()
  const { backorder, read } = await given('secret.test')
  expect(await read()).toMatchObject({
    ...backorder.payment,
    amount: { amount_minor: priceMinor, currency: 'USD' },
    refunds: [],
  })
  await pay(await read(), 'decline')
  await work()
  const declined = await read()
  expect(declined).toMatchObject({ state: 'failed', client_secret: backorder.payment?.client_secret })
  await pay(declined, 'approve')
  await work()
  const paid = await read()
  expect(paid).toMatchObject({ state: 'succeeded', secures: true })
  expect(paid).not.toHaveProperty('client_secret')
})

test('a payment of an order that was released has no secret any more, though the provider has not cancelled it yet', async () => {
  const { backorder, key, read } = await given('released.test')
  await world().send({ method: 'POST', path: `/v1/backorders/${backorder.id}/release`, key })
  const payment = await read()
  expect(payment.state).toBe('requires_action')
  expect(payment).not.toHaveProperty('client_secret')
})
