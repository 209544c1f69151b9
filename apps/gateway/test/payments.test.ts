import { expect, test } from 'vitest'
import { PlacedBackorder } from '../src/resources/backorders.ts'
import { Payment, PaymentDetail } from '../src/resources/payments.ts'
import { OrderedRenewal } from '../src/resources/renewals.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, refuses } from './support/refuses.ts'
import { givenRenewable, quoteAndRenew } from './support/renewals.ts'
import { order, payFor, wellFormed } from './support/requests.ts'
import {
  givenBlocked,
  givenCustomer,
  givenListings,
  inHours,
  priceMinor,
  renewalMinor,
  useWorld,
} from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

answers(
  'payBackorder',
  201,
  'a held order takes another card payment, of the same amount and within the same hold',
  async () => {
    const { ctx, send } = withCards()
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
  },
)

refuses('payBackorder', 'backorder_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...wellFormed.payBackorder, key })
})

refuses('payBackorder', 'payment_ended', 'an order that is paid already', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['done.test'])
  const { key } = await givenCustomer(ctx)
  const placed = await send(order('done.test', key))
  return send({ method: 'POST', path: `${placed.headers.get('Location')}/payments`, key })
})

refuses('payBackorder', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.payBackorder, key })
})

refuses('payBackorder', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/backorders/17/payments', key: someKey }),
)

answers(
  'payForName',
  201,
  'of two customers who pay for a name whose one hold is used, the first payment has it and the late one goes back',
  async () => {
    const { ctx, send, pay, work } = withCards()
    await givenListings(ctx, ['open-race.test'])
    const [before, slow, fast] = [
      await givenCustomer(ctx),
      await givenCustomer(ctx),
      await givenCustomer(ctx),
    ]
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
  },
)

refuses('payForName', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...wellFormed.payForName, key })
})

type Change = { state?: 'closed'; cutoff_at?: Date; premium?: true; reserved?: true; suspect?: true }

/** Asks to pay for a listed name after `change` was made to its listing. */
async function payAfter(name: string, change: Change): Promise<Response> {
  const { ctx, send } = withCards()
  await givenListings(ctx, [name])
  await ctx.db.updateTable('listing').set(change).where('name', '=', name).execute()
  const { key } = await givenCustomer(ctx)
  return send(payFor(name, key))
}

refuses('payForName', 'listing_not_open_yet', 'a name before its listing opens', async () => {
  await givenListings(withCards().ctx, ['early.test'], { opensAt: inHours(1) })
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send(payFor('early.test', key))
})

refuses('payForName', 'listing_closed', 'a listing that was closed', () =>
  payAfter('closed.test', { state: 'closed' }),
)

refuses('payForName', 'cutoff_passed', 'a name past its cut-off', () =>
  payAfter('late.test', { cutoff_at: new Date(Date.now() - 1) }),
)

refuses('payForName', 'zone_disabled', 'a name of a disabled zone', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['stopped.disabled'])
  await ctx.db.updateTable('zone').set({ enabled: false }).where('name', '=', 'disabled').execute()
  const { key } = await givenCustomer(ctx)
  return send(payFor('stopped.disabled', key))
})

refuses('payForName', 'name_premium', 'a premium name', () => payAfter('gold.test', { premium: true }))

refuses('payForName', 'name_reserved', 'a reserved name', () => payAfter('kept.test', { reserved: true }))

refuses('payForName', 'name_blocked', 'a name that operators blocked', async () => {
  const { ctx, send } = withCards()
  await givenBlocked(ctx, 'court.test')
  const { key } = await givenCustomer(ctx)
  return send(payFor('court.test', key))
})

refuses('payForName', 'name_suspect', 'a name that left its list', () =>
  payAfter('gone.test', { suspect: true }),
)

refuses('payForName', 'name_taken', 'a name that another customer holds, paid or not', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['taken.test'])
  const [first, second] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  await send(order('taken.test', first.key, 'card'))
  return send(payFor('taken.test', second.key))
})

refuses('payForName', 'already_yours', 'a name that the account holds itself', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['own.test'])
  const { key } = await givenCustomer(ctx)
  await send(order('own.test', key))
  return send(payFor('own.test', key))
})

refuses('payForName', 'price_unavailable', 'an account in a currency without a price', async () => {
  await givenListings(withCards().ctx, ['unpriced.test'])
  const { key } = await givenCustomer(withCards().ctx, { currency: 'CHF' })
  return withCards().send(payFor('unpriced.test', key))
})

refuses('payForName', 'hold_too_late', 'a name within minutes of its cut-off', async () => {
  await givenListings(withCards().ctx, ['soon.test'], { purgeAt: inHours(0.05) })
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send(payFor('soon.test', key))
})

refuses('payForName', 'card_unavailable', 'where no provider is set up', async () => {
  await givenListings(world.ctx, ['cardless.test'])
  const { key } = await givenCustomer(world.ctx)
  return world.send(payFor('cardless.test', key))
})

refuses('payForName', 'payment_limit_reached', 'one more open payment than an account may have', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['a-second.test'])
  const { key, accountId } = await givenCustomer(ctx)
  await ctx.db.updateTable('account').set({ open_payments_max: 1 }).where('id', '=', accountId).execute()
  await send(payFor('a-second.test', key))
  return send(payFor('a-second.test', key))
})

const post = (body: unknown) => sendUnreached({ method: 'POST', path: '/v1/payments', key: someKey, body })

refuses('payForName', 'invalid_request', 'an unknown member', () => post({ name: 'a.test', amount_minor: 1 }))

refuses('payForName', 'invalid_name', 'what is no domain name', () => post({ name: 'not a name' }))

/** A renewal that waits for its card, and another payment for it. */
async function givenRenewalToPay(name: string) {
  const { ctx, send } = withCards()
  const { key } = await givenCustomer(ctx)
  const path = await givenRenewable(withCards(), name, key)
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

answers(
  'payRenewal',
  201,
  'a renewal whose card was declined is paid with another, of the same price and in the same time',
  async () => {
    const { renewal, first, another, state } = await givenRenewalToPay('declined.test')
    await withCards().pay(first, 'decline')
    await withCards().work()
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
    await withCards().pay(payment, 'approve')
    await withCards().work()
    expect(await state()).toBe('paid')
  },
)

test('of two cards that both paid a renewal one goes back', async () => {
  const { first, another, state, detail } = await givenRenewalToPay('both.test')
  const second = Payment.parse(await (await another()).json())
  await withCards().pay(first, 'approve')
  await withCards().pay(second, 'approve')
  await withCards().work()
  expect(await state()).toBe('paid')
  const cause = 'duplicate_payment'
  const both = [await detail(second.id), await detail((first as { id: string }).id)]
  expect(both.map(({ secures }) => secures).toSorted()).toEqual([false, true])
  for (const { secures, refunds } of both) {
    expect(refunds.map((refund) => refund.cause)).toEqual(secures ? [] : [cause])
  }
})

refuses('payRenewal', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...wellFormed.payRenewal, key })
})

refuses('payRenewal', 'payment_ended', 'a renewal that is paid already', async () => {
  const { ctx, send } = withCards()
  const { key } = await givenCustomer(ctx)
  const renewed = await quoteAndRenew(send, await givenRenewable(withCards(), 'done-2.test', key), key)
  return send({ method: 'POST', path: `${renewed.headers.get('Location')}/payments`, key })
})

refuses('payRenewal', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.payRenewal, key })
})

refuses('payRenewal', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/renewals/17/payments', key: someKey }),
)

async function givenHeld(name: string) {
  const { ctx, send } = withCards()
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

answers(
  'getPayment',
  200,
  'a payment carries its secret as long as it can be paid, and not once it was',
  async () => {
    const { pay, work } = withCards()
    const { backorder, read } = await givenHeld('secret.test')
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
  },
)

test('a payment of an order that was released has no secret any more, though the provider has not cancelled it yet', async () => {
  const { backorder, key, read } = await givenHeld('released.test')
  await withCards().send({ method: 'POST', path: `/v1/backorders/${backorder.id}/release`, key })
  const payment = await read()
  expect(payment.state).toBe('requires_action')
  expect(payment).not.toHaveProperty('client_secret')
})

refuses('getPayment', 'payment_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...wellFormed.getPayment, key })
})

refuses('getPayment', 'payment_not_found', 'the payment of another account', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['theirs.test'])
  const [theirs, mine] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const placed = await send(order('theirs.test', theirs.key, 'card'))
  const { payment } = PlacedBackorder.parse(await placed.json())
  return send({ path: `/v1/payments/${payment?.id}`, key: mine.key })
})

refuses('getPayment', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'GET', path: '/v1/payments/17', key: someKey }),
)
