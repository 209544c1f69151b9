import { Payment } from '@droplock/contracts/gateway/payment'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer } from '../support/world.ts'

const world = useSandboxWorld()

test('a top-up is on the balance once its card payment is captured, and not before', async () => {
  const { ctx, send, pay, work } = world()
  const { key } = await givenCustomer(ctx, { balanceMinor: 0n })
  const response = await send({ ...wellFormed.topUp, key })
  expect(response.status).toBe(201)
  const payment = Payment.parse(await response.json())
  expect(payment).toMatchObject({
    purpose: 'top_up',
    amount: { amount_minor: 5_000, currency: 'USD' },
    client_secret: expect.any(String),
  })
  expect(response.headers.get('Location')).toBe(`/v1/payments/${payment.id}`)
  const balance = async (): Promise<unknown> => (await send({ path: '/v1/balance', key })).json()
  expect(await balance()).toMatchObject({ balance: { amount_minor: 0 } })
  await pay(payment, 'approve')
  await work()
  expect(await balance()).toMatchObject({ balance: { amount_minor: 5_000 } })
  const transactions = await send({ path: '/v1/transactions', key })
  expect(await transactions.json()).toMatchObject({ items: [{ id: payment.id, cause: 'top_up' }] })
})
