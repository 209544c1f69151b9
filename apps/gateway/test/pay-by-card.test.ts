import { lapseHolds } from '@droplock/core/backorders/expire'
import { closeDue } from '@droplock/core/schedule/steps'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { BackorderDetail, PlacedBackorder } from '../src/resources/backorders.ts'
import { Payment } from '../src/resources/payments.ts'
import { type CardWorld, cards, useSandboxWorld, useStripeWorld } from './support/card-world.ts'
import { order } from './support/requests.ts'
import { type Customer, givenCustomer, givenListings, priceMinor } from './support/world.ts'

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })
const price = usd(priceMinor)

/** A name ordered by card by a customer without a balance. */
async function orderByCard({ ctx, send }: CardWorld, name: string, customer?: Customer) {
  await givenListings(ctx, [name])
  const { key } = customer ?? (await givenCustomer(ctx, { balanceMinor: 0n }))
  const response = await send(order(name, key, 'card'))
  expect(response.status).toBe(201)
  const { payment, ...backorder } = PlacedBackorder.parse(await response.json())
  if (payment === undefined) throw new Error('an order by card has a payment')
  const path = response.headers.get('Location') ?? ''
  const read = async () => BackorderDetail.parse(await (await send({ path, key })).json())
  return { backorder, payment, key, path, read }
}

/** Orders for the name close now, and the worker has seen it. */
async function cutOff({ ctx }: CardWorld, name: string): Promise<void> {
  const now = new Date()
  await ctx.db.updateTable('listing').set({ cutoff_at: now }).where('name', '=', name).execute()
  await ctx.db.updateTable('backorder').set({ pay_by: now }).where('name', '=', name).execute()
  await lapseHolds(ctx)
  await closeDue(ctx)
}

/** What the provider has sent back of a payment, in its own books. Minor units. */
async function sentBack({ provider }: CardWorld, { client_secret: secret = '' }: z.output<typeof Payment>) {
  const [providerId] = secret.split('_secret_')
  const range = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) }
  const listed = await provider.listBalanceTransactions(range)
  if (listed.kind !== 'done') throw new Error(`the provider's books: ${listed.kind}`)
  const { transactions } = listed.value
  return Promise.all(
    transactions
      .filter(({ kind }) => kind === 'refund')
      .map(({ objectId = '' }) => provider.getRefund(objectId)),
  ).then((refunds) =>
    refunds.flatMap((refund) =>
      refund.kind === 'done' && refund.value.providerPaymentId === providerId
        ? [Number(refund.value.amount.amountMinor)]
        : [],
    ),
  )
}

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

  test('a cut-off whose cancellation is there before the money: nothing is taken, and the order says that it ended', async () => {
    const { pay, finishStep, work } = world()
    const { payment, read } = await orderByCard(world(), 'cut-before.test')
    await pay(payment, 'extraStep')
    await cutOff(world(), 'cut-before.test')
    await work()
    // The payer confirms all the same; the provider refuses it.
    await finishStep(payment, true).catch(() => undefined)
    await work()
    expect(await read()).toMatchObject({
      state: 'expired',
      expired_reason: 'lapsed',
      payments: [{ state: 'canceled', secures: false }],
      refunds: [],
    })
    expect(await sentBack(world(), payment)).toEqual([])
  })

  test.each([
    ['before the cut-off, and reported after it', 'cut-reported.test', 'approve'],
    ['by a bank that was asked before the cut-off and decides after it', 'cut-decided.test', 'late'],
  ] as const)(
    'money that was taken %s goes back to the card by itself, once, and the order says so',
    async (_, name, card) => {
      const { pay, settle, webhooksIdle, work } = world()
      const { payment, read } = await orderByCard(world(), name)
      await pay(payment, card)
      await webhooksIdle()
      await cutOff(world(), name)
      await work()
      if (card === 'late') await settle(payment)
      // However often anything is looked at again.
      for (const _again of [1, 2, 3]) await work()
      expect(await read()).toMatchObject({
        state: 'expired',
        payments: [{ state: 'succeeded', secures: false }],
        refunds: [
          { cause: 'late_payment', destination: 'original_payment', state: 'succeeded', amount: price },
        ],
      })
      expect(await sentBack(world(), payment)).toEqual([priceMinor])
    },
  )
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

describe('without a page of the buyer to lead back to, the card page says how it ended and leads nowhere', () => {
  const press = async (payUrl: string, fields: Record<string, string>): Promise<string> => {
    const { pathname, searchParams, origin } = new URL(payUrl)
    const body = new URLSearchParams({ client_secret: searchParams.get('client_secret') ?? '', ...fields })
    const answer = await fetch(origin + pathname, { method: 'POST', body })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('html'),
    ])
    return answer.text()
  }
  const card = (name: keyof typeof cards) => ({ card: cards[name] })
  const opened = async (name: string) => {
    const { payment, read } = await orderByCard(world(), name)
    return { payUrl: payment.pay_url ?? '', read }
  }
  const closes = 'You can close this page; the shop has the result.'

  test('paid', async () => {
    const { payUrl } = await opened('no-way-paid.test')
    const page = await press(payUrl, card('approve'))
    expect(page).toContain('The payment was made.')
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
    // Pressed once more, from a window that was left open.
    expect(await press(payUrl, card('approve'))).toContain('The payment was made.')
  })

  test('left to the bank', async () => {
    const page = await press((await opened('no-way-late.test')).payUrl, card('late'))
    expect(page).toContain('Your bank has not decided yet.')
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
  })

  test('declined, and an extra step that is refused: another card can be tried', async () => {
    const { payUrl } = await opened('no-way-declined.test')
    expect(await press(payUrl, card('decline'))).toContain('The card was declined. Nothing was taken.')
    await press(payUrl, card('extraStep'))
    const refused = await press(payUrl, { passed: 'no' })
    expect(refused).toContain('The payment was not confirmed at your bank. Nothing was taken.')
    expect(refused).toContain('can pay with another card until')
    expect(refused).toContain('<button>Pay</button>')
    expect(refused).not.toContain('href=')
    expect(await press(payUrl, card('approve'))).toContain('The payment was made.')
  })

  test('the time to pay passed while the page was open', async () => {
    const { payUrl } = await opened('no-way-over.test')
    await cutOff(world(), 'no-way-over.test')
    await world().work()
    const page = await press(payUrl, card('approve'))
    expect(page).toContain(
      'The time to pay is over, or the shop has cancelled this payment. Nothing was taken.',
    )
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
  })
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
