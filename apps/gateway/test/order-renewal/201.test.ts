import { OrderedRenewal, Renewal } from '@droplock/contracts/gateway/renewal'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { givenCustomer, renewalMinor, useWorld } from '../support/world.ts'

const world = useWorld()
const cards = useSandboxWorld()

test('a renewal from the balance is paid at once, and the statement shows it', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'mine.test', key)
  const response = await quoteAndRenew(world.send, path, key)
  expect(response.status).toBe(201)
  const renewal = OrderedRenewal.parse(await response.json())
  expect(renewal).toMatchObject({
    name: 'mine.test',
    state: 'paid',
    years: 1,
    price: { amount_minor: renewalMinor, currency: 'USD' },
  })
  expect(renewal).not.toHaveProperty('payment')
  const location = response.headers.get('Location') ?? ''
  expect(location).toBe(`/v1/renewals/${renewal.id}`)
  const read = await world.send({ path: location, key })
  expect(Renewal.parse(await read.json())).toEqual(renewal)
  const statement = await world.send({ path: '/v1/transactions?limit=1', key })
  expect(await statement.json()).toMatchObject({
    items: [{ cause: 'secure', renewal_id: renewal.id, name: 'mine.test' }],
  })
})

test('a renewal by card waits for its payment, and is paid when that is captured', async () => {
  const { key } = await givenCustomer(cards().ctx)
  const path = await givenCaught(cards(), 'card.test', key)
  const response = await quoteAndRenew(cards().send, path, key, 'card')
  const { payment, ...renewal } = OrderedRenewal.parse(await response.json())
  expect(renewal).toMatchObject({ state: 'pending_payment', pay_by: payment?.pay_by })
  expect(payment).toMatchObject({
    purpose: 'renewal',
    renewal_id: renewal.id,
    client_secret: expect.any(String),
  })
  await cards().pay(payment ?? {}, 'approve')
  await cards().work()
  const read = await cards().send({ path: `/v1/renewals/${renewal.id}`, key })
  expect(await read.json()).toMatchObject({ state: 'paid', paid_at: expect.any(String) })
})
