import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { lapseHolds } from '../../src/backorders/expire.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { releaseBackorder } from '../../src/backorders/release.ts'
import type { Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { getListing } from '../../src/listings/read.ts'
import { pollPayment } from '../../src/payment-provider/poll.ts'
import { runProviderTask } from '../../src/payment-provider/run-tasks.ts'
import { offerPayment } from '../../src/payments/offer.ts'
import { openPayment } from '../../src/payments/open.ts'
import { cancelOverduePayments } from '../../src/payments/provider-tasks.ts'
import { getPayment } from '../../src/payments/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { ask, deliver, endHolds, hold, pay, runTasks, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR, zone } from '../support/world.ts'

const NAME = 'wanted.test'

async function givenName(ctx: Context, names: readonly string[] = [NAME]) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  return { buyer, provider: new FakeProvider() }
}

const refundsOf = (ctx: Context) =>
  ctx.db.selectFrom('refund').select(['cause', 'state', 'destination', 'amount_minor']).execute()

const sound = { ledgerSumMinor: { USD: 0n }, escrowDifferenceMinor: { USD: 0n }, misplacedPayments: 0 }

test('a hold keeps the name from others, and its card payment secures it at the copied price', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    expect(held).toMatchObject({ state: 'pending_payment', priceMinor: PRICE_MINOR })
    expect(held.payBy.getTime() - held.heldAt.getTime()).toBeLessThanOrEqual(900_000)
    const rival = await givenAccount(ctx)
    const order = { name: NAME, payment: 'balance' } as const
    await expect(placeBackorder(rival, order)).rejects.toMatchObject({ code: 'name_taken' })
    await givenRegistry(ctx, [zone({ prices: [{ tier: 'standard', currency: 'USD', amountMinor: 5n }] })])

    await pay(ctx, provider, held.providerId)

    expect(await getBackorder(buyer, held.id)).toMatchObject({
      state: 'backordered',
      priceMinor: PRICE_MINOR,
    })
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 0n, escrowMinor: PRICE_MINOR })
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'succeeded', secures: true })
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

test('an event that comes twice, late, or after a poll with the same result changes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    provider.move(held.providerId, 'processing')
    provider.move(held.providerId, 'succeeded')
    await tx
      .updateTable('payment')
      .set({ poll_after: new Date(0) })
      .execute()
    expect(await pollPayment(ctx, provider)).toBe(true)
    expect(await pollPayment(ctx, provider)).toBe(false)
    provider.events.push(...provider.events.toReversed())
    await deliver(ctx, provider)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'backordered' })
    expect(await refundsOf(ctx)).toEqual([])
    expect(await tx.selectFrom('provider_event').selectAll().execute()).toHaveLength(2)
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

test('a declined card leaves the hold, and another payment within it secures the name', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    provider.move(held.providerId, 'failed')
    await deliver(ctx, provider)
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'failed' })
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'pending_payment' })
    await pay(ctx, provider, held.providerId)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'backordered' })
  }))

test('a hold that lapses frees the name, its payment is cancelled, and the listing has no second hold', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    expect(await lapseHolds(ctx)).toBe(0)
    await endHolds(ctx)
    expect(await lapseHolds(ctx)).toBe(1)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'expired', expiredReason: 'lapsed' })
    expect(await getListing(buyer, NAME)).toMatchObject({ held: false, orderable: true })
    await runTasks(ctx, provider)
    expect(provider.intents.get(held.providerId)).toMatchObject({ state: 'canceled' })
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'canceled' })
    const rival = await givenAccount(ctx)
    const again = { name: NAME, payment: 'card' } as const
    await expect(placeBackorder(rival, again)).rejects.toMatchObject({ code: 'hold_not_available' })
    await placeBackorder(rival, { name: NAME, payment: 'balance' })
  }))

test('an unpaid order can be released, a secured one cannot', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx, [NAME, 'other.test'])
    const held = await hold(buyer, provider, NAME)
    const stranger = await givenAccount(ctx)
    await expect(releaseBackorder(stranger, held.id)).rejects.toMatchObject({ code: 'backorder_not_found' })
    await releaseBackorder(buyer, held.id)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ expiredReason: 'released' })
    expect(await getListing(buyer, NAME)).toMatchObject({ held: false })
    const secured = await hold(buyer, provider, 'other.test')
    await pay(ctx, provider, secured.providerId)
    for (const { id } of [held, secured]) {
      await expect(releaseBackorder(buyer, id)).rejects.toMatchObject({ code: 'backorder_not_releasable' })
    }
  }))

test('a late payment claims the name if it is free, by a new order that refers to the old one and has its reference', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME, { reference: 'PO-1' })
    await endHolds(ctx)
    await lapseHolds(ctx)
    await pay(ctx, provider, held.providerId)
    const { backorderId, secures } = await getPayment(buyer, held.paymentId)
    expect(secures).toBe(true)
    expect(await getBackorder(buyer, backorderId ?? '')).toMatchObject({
      state: 'backordered',
      reference: 'PO-1',
    })
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'expired' })
    const again = await tx.selectFrom('backorder').select('reclaims').where('id', '=', backorderId).execute()
    expect(again).toEqual([{ reclaims: held.id }])
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

test.each([['paid before the release, reported after it'], ['paid after the release']])(
  'a payment of a released order does not bind its customer again and is refunded to the card: %s',
  (when) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { buyer, provider } = await givenName(ctx)
      const held = await hold(buyer, provider, NAME)
      provider.move(held.providerId, 'processing')
      await deliver(ctx, provider)
      if (when.startsWith('paid before')) provider.move(held.providerId, 'succeeded')
      await releaseBackorder(buyer, held.id)
      await pay(ctx, provider, held.providerId)
      expect(await getBackorder(buyer, held.id)).toMatchObject({
        state: 'expired',
        expiredReason: 'released',
      })
      expect(await getListing(buyer, NAME)).toMatchObject({ held: false })
      expect(await tx.selectFrom('backorder').select('id').execute()).toEqual([{ id: held.id }])
      await sendRefunds(ctx, provider)
      expect(await refundsOf(ctx)).toEqual([
        {
          cause: 'late_payment',
          state: 'succeeded',
          destination: 'original_payment',
          amount_minor: PRICE_MINOR,
        },
      ])
      expect(await proveLedger(tx)).toMatchObject(sound)
    }),
)

test('a late payment for a taken name is refunded to the card, and waits unapplied until it has arrived', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    await endHolds(ctx)
    await lapseHolds(ctx)
    await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' })
    await pay(ctx, provider, held.providerId)
    const refund = { cause: 'late_payment', destination: 'original_payment', amount_minor: PRICE_MINOR }
    expect(await refundsOf(ctx)).toMatchObject([{ ...refund, state: 'approved' }])
    expect(await unapplied(ctx)).toBe(PRICE_MINOR)
    await sendRefunds(ctx, provider)
    expect(await refundsOf(ctx)).toMatchObject([{ ...refund, state: 'succeeded' }])
    expect(await unapplied(ctx)).toBe(0n)
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

test('a payment after the cut-off and before the sweep ends the hold and is refunded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    await tx
      .updateTable('listing')
      .set({ cutoff_at: new Date(Date.now() - 1) })
      .execute()
    await pay(ctx, provider, held.providerId)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'expired' })
    expect(await refundsOf(ctx)).toMatchObject([{ cause: 'late_payment', state: 'approved' }])
  }))

test('a payment that its bank was deciding about when its order ended is cancelled once the bank has refused it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    provider.move(held.providerId, 'processing')
    await deliver(ctx, provider)
    await endHolds(ctx)
    await lapseHolds(ctx)
    expect(await runProviderTask(ctx, provider)).toBe(true)
    expect(await runProviderTask(ctx, provider)).toBe(false)
    expect(provider.intents.get(held.providerId)).toMatchObject({ state: 'processing' })

    provider.move(held.providerId, 'failed')
    await deliver(ctx, provider)
    await runTasks(ctx, provider)
    // Nobody can pay it with another card.
    expect(provider.move(held.providerId, 'succeeded')).toMatchObject({ state: 'canceled' })
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'canceled' })
  }))

test('a name that became premium is not secured: the payment is refunded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    await tx.updateTable('listing').set({ premium: true }).execute()
    await pay(ctx, provider, held.providerId)
    expect(await refundsOf(ctx)).toMatchObject([{ cause: 'late_payment' }])
    expect(await getListing(buyer, NAME)).toMatchObject({ held: false })
  }))

test('of two captured payments of an order, one secures it and the other is refunded while the order is undecided', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    const second = await openPayment(buyer, held.id)
    const secondId = await ask(ctx, provider, second)
    provider.move(secondId, 'succeeded')
    await pay(ctx, provider, held.providerId)
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'backordered' })
    expect(await refundsOf(ctx)).toMatchObject([{ cause: 'duplicate_payment', state: 'approved' }])
    await sendRefunds(ctx, provider)
    expect(await refundsOf(ctx)).toMatchObject([{ state: 'succeeded' }])
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

test('the other payments of a paid order are cancelled, and it takes no further one', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    const secondId = await ask(ctx, provider, await openPayment(buyer, held.id))
    await pay(ctx, provider, held.providerId)
    await runTasks(ctx, provider)
    expect(provider.intents.get(secondId)).toMatchObject({ state: 'canceled' })
    await expect(openPayment(buyer, held.id)).rejects.toMatchObject({ code: 'payment_ended' })
  }))

test('without a hold the first payment gets the name, and the next is refunded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const rival = await givenAccount(ctx, { balanceMinor: 0n })
    const mine = await offerPayment(buyer, NAME)
    const theirs = await offerPayment(rival, NAME)
    const [myIntent, theirIntent] = [
      await ask(ctx, provider, mine.paymentId),
      await ask(ctx, provider, theirs.paymentId),
    ]
    expect(await getListing(buyer, NAME)).toMatchObject({ held: false })
    await pay(ctx, provider, theirIntent)
    await pay(ctx, provider, myIntent)
    expect(await getListing(rival, NAME)).toMatchObject({ heldByYou: true })
    expect(await refundsOf(ctx)).toMatchObject([{ cause: 'late_payment' }])
    expect(await getPayment(buyer, mine.paymentId)).toMatchObject({ secures: false, backorderId: null })
  }))

test('an offer that nobody paid in time is cancelled', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const offer = await offerPayment(buyer, NAME)
    await endHolds(ctx)
    expect(await cancelOverduePayments(ctx)).toBe(1)
    expect(await cancelOverduePayments(ctx)).toBe(0)
    await runTasks(ctx, provider)
    expect(await getPayment(buyer, offer.paymentId)).toMatchObject({ state: 'canceled' })
  }))

test('a payment that the provider was never asked for is requested by the worker, once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    await placeBackorder(buyer, { name: NAME, payment: 'card' })
    expect(provider.intents.size).toBe(0)
    await runTasks(ctx, provider)
    await runTasks(ctx, provider)
    expect(provider.intents.size).toBe(1)
    expect(provider.calls).toEqual(['createIntent'])
  }))

test('an account has 3 open holds until its first paid order, then 20', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const names = Array.from({ length: 25 }, (_, index) => `n${index}.test`)
    const { buyer, provider } = await givenName(ctx, names)
    const order = (index: number) => hold(buyer, provider, `n${index}.test`)
    const first = await order(0)
    await order(1)
    await order(2)
    await expect(order(3)).rejects.toMatchObject({ code: 'hold_limit_reached', facts: { open_holds_max: 3 } })
    await pay(ctx, provider, first.providerId)
    for (let index = 3; index < 21; index += 1) await order(index)
    await expect(order(21)).rejects.toMatchObject({
      code: 'hold_limit_reached',
      facts: { open_holds_max: 20 },
    })
  }))

test('a name whose cut-off is minutes away is not held', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer } = await givenName(ctx)
    await tx
      .updateTable('listing')
      .set({ cutoff_at: new Date(Date.now() + 299_000) })
      .execute()
    const held = placeBackorder(buyer, { name: NAME, payment: 'card' })
    await expect(held).rejects.toMatchObject({ code: 'hold_too_late' })
    await expect(offerPayment(buyer, NAME)).rejects.toMatchObject({ code: 'hold_too_late' })
  }))

test('a report that no payment of ours can have becomes a task, and moves no money', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider } = await givenName(ctx)
    const held = await hold(buyer, provider, NAME)
    const intent = provider.intents.get(held.providerId)
    if (intent === undefined) throw new Error('no intent')
    provider.intents.set('pi_another', { ...intent, providerId: 'pi_another' })
    await pay(ctx, provider, 'pi_another')
    const tasks = await tx.selectFrom('finance_task').select(['kind', 'subject_id']).execute()
    expect(tasks).toEqual([{ kind: 'payment_unexpected', subject_id: held.paymentId }])
    expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'pending_payment' })
    provider.intents.set('pi_strange', { ...intent, providerId: 'pi_strange', paymentId: 'not ours' })
    await pay(ctx, provider, 'pi_strange')
    expect(await proveLedger(tx)).toMatchObject(sound)
  }))

async function unapplied(ctx: Context): Promise<bigint> {
  const rows = await ctx.db
    .selectFrom('posting')
    .select('amount_minor')
    .where('ledger_account', '=', 'unapplied_receipts')
    .execute()
  return rows.reduce((sum, row) => sum + row.amount_minor, 0n)
}
