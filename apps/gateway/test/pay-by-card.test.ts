import { lapseHolds } from '@droplock/core/backorders/expire'
import { describe, expect, test } from 'vitest'
import { PlacedBackorder } from '../src/resources/backorders.ts'
import { Payment } from '../src/resources/payments.ts'
import { orderByCard, useSandboxWorld, useStripeWorld } from './support/card-world.ts'
import { order } from './support/requests.ts'
import { givenCustomer, givenListings, priceMinor } from './support/world.ts'

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })
const price = usd(priceMinor)

describe.each([
  ['sandbox', useSandboxWorld()],
  ['Stripe', useStripeWorld()],
] as const)('by the %s provider', (_, world) => {
  test('an order by card is held for its buyer, paid in the browser, and backordered by the event', async () => {
    const { pay, work } = world()
    const { backorder, payment, read } = await orderByCard(world(), 'by-card.test')
    expect(backorder).toMatchObject({ state: 'pending_payment', price })
    expect(backorder).not.toHaveProperty('secured_at')
    const heldMs = Date.parse(backorder.pay_by ?? '') - Date.parse(backorder.created_at)
    expect(heldMs).toBeGreaterThan(840_000)
    expect(heldMs).toBeLessThanOrEqual(900_000)
    expect(payment).toMatchObject({
      method: 'card',
      state: 'requires_action',
      amount: price,
      backorder_id: backorder.id,
      pay_by: backorder.pay_by,
    })

    await pay(payment, 'approve')
    await work()
    const paid = await read()
    expect(paid).toMatchObject({
      state: 'backordered',
      payments: [{ id: payment.id, state: 'succeeded', secures: true }],
    })
    expect(paid.secured_at).toBeDefined()
  })

  test('a declined card costs nothing, and a second payment in the same hold secures the order', async () => {
    const { send, pay, work } = world()
    const { payment, key, path, read } = await orderByCard(world(), 'declined.test')
    await pay(payment, 'decline')
    await work()
    expect(await read()).toMatchObject({ state: 'pending_payment', payments: [{ state: 'failed' }] })

    const second = Payment.parse(await (await send({ method: 'POST', path: `${path}/payments`, key })).json())
    await pay(second, 'approve')
    await work()
    expect(await read()).toMatchObject({
      state: 'backordered',
      payments: [
        { id: payment.id, state: 'canceled', secures: false },
        { id: second.id, state: 'succeeded', secures: true },
      ],
      refunds: [],
    })
  })

  test('an order waits for the extra step of the bank, and is paid when it is passed', async () => {
    const { pay, finishStep, work } = world()
    const { payment, read } = await orderByCard(world(), 'step.test')
    await pay(payment, 'extraStep')
    await work()
    expect(await read()).toMatchObject({ state: 'pending_payment', payments: [{ state: 'requires_action' }] })
    await finishStep(payment, true)
    await work()
    expect(await read()).toMatchObject({ state: 'backordered' })
  })
})

const world = useSandboxWorld()
const stripeWorld = useStripeWorld()

test('a payment at Stripe has the publishable key beside its secret, in the order and when it is read', async () => {
  const { payment, key } = await orderByCard(stripeWorld(), 'at-stripe.test')
  const forBrowser = {
    provider: 'stripe',
    client_secret: payment.client_secret,
    publishable_key: 'pk_test_standin',
  }
  expect(payment).toMatchObject(forBrowser)
  expect(payment).not.toHaveProperty('pay_url')
  const read = await stripeWorld().send({ path: `/v1/payments/${payment.id}`, key })
  expect(await read.json()).toMatchObject(forBrowser)
})

test('a payment at the sandbox has the page to pay at, and once it is paid nothing to pay with', async () => {
  const { send, pay, work } = world()
  const { payment, key } = await orderByCard(world(), 'at-sandbox.test')
  expect(payment).toMatchObject({ provider: 'sandbox', pay_url: expect.any(String) })
  expect(payment).not.toHaveProperty('publishable_key')
  const page = await fetch(payment.pay_url ?? '')
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('card')])
  await pay(payment, 'approve')
  await work()
  const read = await (await send({ path: `/v1/payments/${payment.id}`, key })).json()
  for (const member of ['provider', 'client_secret', 'publishable_key', 'pay_url'])
    expect(read).not.toHaveProperty(member)
})

test('of two payments of one order that are both captured, one secures it and the other goes back', async () => {
  const { send, pay, work } = world()
  const { payment, key, path, read } = await orderByCard(world(), 'twice-paid.test')
  const second = Payment.parse(await (await send({ method: 'POST', path: `${path}/payments`, key })).json())
  await pay(payment, 'approve')
  await pay(second, 'approve')
  await work()
  const detail = await read()
  expect(detail.state).toBe('backordered')
  expect(detail.payments.filter(({ secures }) => secures)).toHaveLength(1)
  expect(detail.refunds).toMatchObject([
    { cause: 'duplicate_payment', destination: 'original_payment', amount: price },
  ])
})

test('an unpaid order lapses and shows it, and money that arrives after another customer bought the name goes back', async () => {
  const { ctx, send, pay, webhooksIdle, work } = world()
  const { payment, read } = await orderByCard(world(), 'lapsed.test')
  const past = new Date(Date.now() - 1_000)
  await ctx.db.updateTable('backorder').set({ pay_by: past }).where('name', '=', 'lapsed.test').execute()
  await lapseHolds(ctx)
  expect(await read()).toMatchObject({ state: 'expired', expired_reason: 'lapsed' })

  const quicker = await givenCustomer(ctx)
  expect((await send(order('lapsed.test', quicker.key))).status).toBe(201)
  // Before the worker has had it cancelled at the provider.
  await pay(payment, 'approve')
  await webhooksIdle()
  await work()
  expect(await read()).toMatchObject({
    state: 'expired',
    payments: [{ state: 'succeeded', secures: false }],
    refunds: [{ cause: 'late_payment', destination: 'original_payment', amount: price }],
  })
})

test('a refund goes to the balance of an account that owes money, and says so', async () => {
  const { ctx, send, pay, work } = world()
  const debtor = await givenCustomer(ctx, { balanceMinor: 0n })
  await ctx.db
    .updateTable('account')
    .set({ credit_limit_minor: 100_000n })
    .where('id', '=', debtor.accountId)
    .execute()
  await givenListings(ctx, ['on-credit.test'])
  expect((await send(order('on-credit.test', debtor.key))).status).toBe(201)
  const { payment, key, path, read } = await orderByCard(world(), 'owing.test', debtor)
  await send({ method: 'POST', path: `${path}/release`, key })
  const quicker = await givenCustomer(ctx)
  await send(order('owing.test', quicker.key))
  await pay(payment, 'approve')
  await work()
  expect(await read()).toMatchObject({
    refunds: [{ destination: 'balance', state: 'succeeded', amount: price }],
  })
  const balance = await send({ path: '/v1/balance', key })
  expect(await balance.json()).toMatchObject({ balance: usd(0) })
})

describe('while the provider has trouble', () => {
  test('an order stands without the secret, which reading the payment gives later', async () => {
    const { send, pay, fault, logged, work } = world()
    await fault('lose_answer')
    const { payment, key, read } = await orderByCard(world(), 'unanswered.test')
    expect(payment).toMatchObject({ state: 'requires_action' })
    expect(payment).not.toHaveProperty('client_secret')
    expect(logged()).toContainEqual(
      expect.objectContaining({ payment_id: payment.id, provider_trouble: 'ambiguous: connection' }),
    )
    const again = Payment.parse(await (await send({ path: `/v1/payments/${payment.id}`, key })).json())
    expect(again.client_secret).toBeDefined()
    await pay(again, 'approve')
    await work()
    expect(await read()).toMatchObject({ state: 'backordered' })
  })

  test('an order stands when the request was not taken, and the worker has it made', async () => {
    const { ctx, send, fault, work } = world()
    await fault('refuse_rate')
    const { payment, key } = await orderByCard(world(), 'refused.test')
    expect(payment).not.toHaveProperty('client_secret')
    await work()
    const known = await ctx.db
      .selectFrom('payment')
      .select('provider_id')
      .where('id', '=', payment.id)
      .executeTakeFirstOrThrow()
    expect(known.provider_id).not.toBeNull()
    const again = await send({ path: `/v1/payments/${payment.id}`, key })
    expect(await again.json()).toMatchObject({ client_secret: expect.stringContaining('_secret_') })
  })
})

test('no log line holds a client secret', async () => {
  const { logged } = world()
  const { payment } = await orderByCard(world(), 'unlogged.test')
  const lines = JSON.stringify(logged())
  expect(lines).toContain(payment.id)
  expect(payment.client_secret).toContain('_secret_')
  expect(lines).not.toContain('_secret_')
})

test('the page on which an order is paid names the domain, and leads back to the page of the buyer', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['shown.test'])
  const { key } = await givenCustomer(ctx)
  const body = { name: 'shown.test', payment: 'card', return_url: 'https://shop.test/orders/7' }
  const placed = PlacedBackorder.parse(await (await send({ ...order('shown.test', key), body })).json())
  const page = await (await fetch(placed.payment?.pay_url ?? '')).text()
  expect(page).toContain('<strong>shown.test</strong>')
  expect(page).toContain('href="https://shop.test/orders/7"')
  // Another payment for the same order leads back to the same page.
  const path = `/v1/backorders/${placed.id}/payments`
  const another = Payment.parse(await (await send({ method: 'POST', path, key })).json())
  expect(await (await fetch(another.pay_url ?? '')).text()).toContain('href="https://shop.test/orders/7"')
})

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT://shop.test/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'ftp://shop.test/',
  'http://shop.test/',
  'https://user@shop.test/',
  '//shop.test',
  ' https://shop.test/',
])('a payer is not sent to %s, whatever is paid', async (return_url) => {
  const { key } = await givenCustomer(world().ctx)
  for (const asked of [
    { ...order('shown.test', key), body: { name: 'shown.test', payment: 'card', return_url } },
    { method: 'POST', path: '/v1/payments', key, body: { name: 'shown.test', return_url } },
    { method: 'POST', path: '/v1/top-ups', key, body: { amount_minor: 5_000, return_url } },
  ]) {
    const response = await world().send(asked)
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/return_url' })]),
    })
  }
})
