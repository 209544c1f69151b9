import { Payment, PaymentDetail } from '@droplock/contracts/gateway/payment'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { order, payFor } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor } from '../support/world.ts'

const world = useSandboxWorld()

test('of two customers who pay for a name nobody may hold any more, the first money has it and the late one goes back', async () => {
  const { ctx, send, pay, work } = world()
  await givenListings(ctx, ['open-race.test'])
  const [before, slow, fast] = [await givenCustomer(ctx), await givenCustomer(ctx), await givenCustomer(ctx)]
  const held = await send(order('open-race.test', before.key, 'card'))
  await send({ method: 'POST', path: `${held.headers.get('Location')}/release`, key: before.key })

  const open = async (key: string) => {
    const response = await send(payFor('open-race.test', key))
    expect(response.status).toBe(201)
    const payment = Payment.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`/v1/payments/${payment.id}`)
    expect(payment).toMatchObject({ name: 'open-race.test', state: 'requires_action' })
    expect(payment).not.toHaveProperty('backorder_id')
    return payment
  }
  const slowPayment = await open(slow.key)
  const fastPayment = await open(fast.key)
  const read = async (id: string, key: string) =>
    PaymentDetail.parse(await (await send({ path: `/v1/payments/${id}`, key })).json())

  await pay(fastPayment, 'approve')
  await work()
  const won = await read(fastPayment.id, fast.key)
  expect(won).toMatchObject({ state: 'succeeded', secures: true, refunds: [] })
  expect(won.backorder_id).toBeDefined()

  await pay(slowPayment, 'approve')
  await work()
  expect(await read(slowPayment.id, slow.key)).toMatchObject({
    state: 'succeeded',
    secures: false,
    refunds: [
      {
        cause: 'late_payment',
        destination: 'original_payment',
        amount: { amount_minor: priceMinor, currency: 'USD' },
      },
    ],
  })
})
