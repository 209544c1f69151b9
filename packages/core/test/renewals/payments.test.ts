import { PAYMENTS_PER_ORDER_MAX } from '@droplock/rules/payments'
import { expect, test } from 'vitest'
import { proveLedger } from '../../src/ledger/prove.ts'
import { lapseRenewals } from '../../src/renewals/lapse.ts'
import { openRenewalPayment } from '../../src/renewals/order.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { ask, deliver, endHolds, pay, runTasks, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { givenDecided } from '../support/held.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { contextOf, givenAccount, RENEWAL_MINOR } from '../support/world.ts'

/** A renewal that waits for its card, which the provider has been asked for. */
async function given(work: (world: Awaited<ReturnType<typeof waiting>>) => Promise<void>): Promise<void> {
  await rolledBack(async (tx) => work(await waiting(contextOf(tx))))
}

async function waiting(ctx: ReturnType<typeof contextOf>) {
  const { buyer, backorderId } = await givenDecided(ctx, 'registered')
  const provider = new FakeProvider()
  const { id, paymentId = '' } = await quoteAndOrder(buyer, backorderId, 'card')
  const first = await ask(ctx, provider, paymentId)
  const another = async () => ask(ctx, provider, await openRenewalPayment(buyer, id))
  const payments = async () =>
    (await ctx.db.selectFrom('payment').selectAll().where('renewal_id', '=', id).orderBy('id').execute()).map(
      ({ state, secures }) => [state, secures],
    )
  const refunds = () => ctx.db.selectFrom('refund').select(['cause', 'state', 'amount_minor']).execute()
  return { ctx, buyer, provider, id, first, another, payments, refunds }
}

test('a declined card costs nothing, another payment pays the renewal, and the first can no longer be paid', () =>
  given(async ({ ctx, provider, first, another, payments, refunds }) => {
    provider.move(first, 'failed')
    await deliver(ctx, provider)
    await pay(ctx, provider, await another())
    await runTasks(ctx, provider)
    await deliver(ctx, provider)
    expect(await payments()).toEqual([
      ['canceled', false],
      ['succeeded', true],
    ])
    expect(await refunds()).toEqual([])
    expect(await carryOut(ctx, 'renewed')).toBe(true)
  }))

test.each([
  ['while the renewal is undecided', false],
  ['after it is done', true],
])('of two captured payments the second is refunded automatically, %s', (_, isDone) =>
  given(async ({ ctx, provider, first, another, payments, refunds }) => {
    const second = await another()
    await pay(ctx, provider, second)
    if (isDone) await carryOut(ctx, 'renewed')
    await pay(ctx, provider, first)
    await sendRefunds(ctx, provider)
    expect(await payments()).toEqual([
      ['succeeded', false],
      ['succeeded', true],
    ])
    expect(await refunds()).toEqual([
      { cause: 'duplicate_payment', state: 'succeeded', amount_minor: RENEWAL_MINOR },
    ])
    expect([...provider.refunds.values()].map(({ providerPaymentId }) => providerPaymentId)).toEqual([first])
    expect((await proveLedger(ctx.db)).misplacedPayments).toBe(0)
  }),
)

test('a renewal takes no payment once it is paid or overdue, none of another account, and a bounded number', () =>
  given(async ({ ctx, buyer, provider, id, first, another }) => {
    const stranger = await givenAccount(ctx)
    await expect(openRenewalPayment(stranger, id)).rejects.toMatchObject({ code: 'renewal_not_found' })
    for (let tries = 1; tries < PAYMENTS_PER_ORDER_MAX; tries += 1) await another()
    await expect(another()).rejects.toMatchObject({ code: 'payment_ended' })
    await pay(ctx, provider, first)
    await expect(another()).rejects.toMatchObject({ code: 'payment_ended', facts: { state: 'paid' } })
    const reader = { ...buyer, actor: { ...buyer.actor, scopes: [] } }
    await expect(openRenewalPayment(reader, id)).rejects.toMatchObject({ code: 'insufficient_scope' })
  }))

test('a second payment has no more time than the first', () =>
  given(async ({ ctx, another, provider, payments, refunds }) => {
    const second = await another()
    await endHolds(ctx)
    await expect(another()).rejects.toMatchObject({ code: 'payment_ended' })
    await lapseRenewals(ctx)
    await pay(ctx, provider, second)
    expect(await payments()).toContainEqual(['succeeded', false])
    expect(await refunds()).toMatchObject([{ cause: 'late_payment' }])
  }))
