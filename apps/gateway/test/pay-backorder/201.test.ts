import { PlacedBackorder } from '@droplock/contracts/gateway/backorder'
import { Payment } from '@droplock/contracts/gateway/payment'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor } from '../support/world.ts'

const world = useSandboxWorld()

test('a held order takes another card payment, of the same amount and within the same hold', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['again.test'])
  const { key } = await givenCustomer(ctx)
  const placed = await send(order('again.test', key, 'card'))
  const backorder = PlacedBackorder.parse(await placed.json())
  const response = await send({ method: 'POST', path: `/v1/backorders/${backorder.id}/payments`, key })
  expect(response.status).toBe(201)
  const payment = Payment.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/payments/${payment.id}`)
  expect(payment).toMatchObject({
    state: 'requires_action',
    amount: { amount_minor: priceMinor, currency: 'USD' },
    backorder_id: backorder.id,
    pay_by: backorder.pay_by,
    client_secret: expect.any(String),
  })
  expect(payment.id).not.toBe(backorder.payment?.id)
})
