import { expect, test } from 'vitest'
import { getForecast } from '../../src/accounts/get-forecast.ts'
import { getBalance } from '../../src/accounts/read.ts'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { getStatement } from '../../src/accounts/statement.ts'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { actFor } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { ask, deliver, hold, pay } from '../support/cards.ts'
import { dropAll } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const NAMES = ['a.test', 'b.test', 'c.test'] as const

test('a top-up by card is credited once, when it is captured', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const provider = new FakeProvider()
    const providerId = await ask(ctx, provider, await openTopUp(buyer, 5_000n))
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 0n })
    await pay(ctx, provider, providerId)
    provider.events.push({ kind: 'event', eventId: 'evt_again', about: 'payment', objectId: providerId })
    await deliver(ctx, provider)
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 5_000n })
    provider.openDispute(providerId)
    await deliver(ctx, provider)
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 0n })
    expect(await proveLedger(tx)).toMatchObject({ ledgerSumMinor: { USD: 0n }, misplacedPayments: 0 })
  }))

test.each([0n, 99n, 100_000_001n])('a top-up of %s cents is not taken', (amountMinor) =>
  rolledBack(async (tx) => {
    const buyer = await givenAccount(contextOf(tx))
    await expect(openTopUp(buyer, amountMinor)).rejects.toMatchObject({ code: 'amount_out_of_range' })
  }),
)

test('an account may owe up to its credit limit; a lower limit stops spending, and the debt stays visible', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: NAMES })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const bob = await givenStaff(ctx, 'finance_approver')
    const { accountId } = buyer.actor
    const order = (name: string) => placeBackorder(buyer, { name, payment: 'balance' })
    await expect(order(NAMES[0])).rejects.toMatchObject({ code: 'insufficient_balance' })
    await setCreditLimit(bob, { accountId, limitMinor: PRICE_MINOR, reason: 'a known customer' })
    await order(NAMES[0])
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: -PRICE_MINOR })
    await expect(order(NAMES[1])).rejects.toMatchObject({ code: 'insufficient_balance' })
    await setCreditLimit(bob, { accountId, limitMinor: 0n, reason: 'no more' })
    await expect(order(NAMES[1])).rejects.toMatchObject({ code: 'insufficient_balance' })
    await dropAll(ctx, 'lost')
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 0n })
    const ann = await givenStaff(ctx, 'finance')
    const alone = setCreditLimit(ann, { accountId, limitMinor: 1n, reason: 'please' })
    await expect(alone).rejects.toMatchObject({ code: 'forbidden' })
    const audited = await tx.selectFrom('audit_entry').select('action').execute()
    expect(audited.filter(({ action }) => action === 'account.credit_limit_set')).toHaveLength(2)
  }))

test('the statement of a period has opening, the sum of each cause, and closing, and they add up', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: NAMES })
    const start = new Date(Date.now() - 1_000)
    const buyer = await givenAccount(ctx, { balanceMinor: 10_000n })
    await placeBackorder(buyer, { name: NAMES[0], payment: 'balance' })
    await placeBackorder(buyer, { name: NAMES[1], payment: 'balance' })
    const between = await lastPosting(buyer)
    await dropAll(ctx, 'lost')
    const end = new Date(Date.now() + 60_000)

    const all = await getStatement(buyer, { from: start, to: end })
    expect(all).toMatchObject({ openingMinor: 0n, closingMinor: 10_000n, currency: 'USD' })
    expect(all.activity).toEqual([
      { cause: 'refund', count: 2, creditMinor: 2n * PRICE_MINOR, debitMinor: 0n },
      { cause: 'secure', count: 2, creditMinor: 0n, debitMinor: 2n * PRICE_MINOR },
      { cause: 'top_up', count: 1, creditMinor: 10_000n, debitMinor: 0n },
    ])
    const first = await getStatement(buyer, { from: start, to: between })
    const second = await getStatement(buyer, { from: between, to: end })
    expect(second.openingMinor).toBe(first.closingMinor)
    for (const { openingMinor, activity, closingMinor } of [all, first, second]) {
      const moved = activity.reduce((sum, each) => sum + each.creditMinor - each.debitMinor, 0n)
      expect(openingMinor + moved).toBe(closingMinor)
    }
    expect(second.closingMinor).toBe((await getBalance(buyer)).balanceMinor)
    expect(await getStatement(buyer, { from: end, to: end })).toMatchObject({
      openingMinor: 10_000n,
      activity: [],
      closingMinor: 10_000n,
    })
    await expect(getStatement(buyer, { from: end, to: start })).rejects.toMatchObject({
      code: 'invalid_period',
    })
  }))

async function lastPosting(buyer: Awaited<ReturnType<typeof givenAccount>>): Promise<Date> {
  const rows = await buyer.db.selectFrom('posting').select('posted_at').orderBy('posted_at', 'desc').execute()
  // To the millisecond, as far as JavaScript's dates go.
  return new Date((rows[0]?.posted_at ?? new Date()).getTime() + 1)
}

test('the forecast compares unpaid orders that close in time with balance and credit', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['a.test', 'b.test'], purgeAt: inHours(20) })
    await givenListings(ctx, { names: ['c.test'], purgeAt: inHours(60) })
    const buyer = await givenAccount(ctx, { balanceMinor: PRICE_MINOR + 100n })
    const provider = new FakeProvider()
    await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
    await hold(buyer, provider, 'b.test')
    await hold(buyer, provider, 'c.test')
    expect(await getForecast(buyer, inHours(24))).toMatchObject({
      balanceMinor: 100n,
      availableMinor: 100n,
      undecidedMinor: PRICE_MINOR,
      toPay: { count: 1, amountMinor: PRICE_MINOR },
      watched: { count: 0, amountMinor: 0n },
      shortfallMinor: PRICE_MINOR - 100n,
    })
    const bob = await givenStaff(ctx, 'finance_approver')
    const { accountId } = buyer.actor
    await setCreditLimit(bob, { accountId, limitMinor: 10_000n, reason: 'a known customer' })
    expect(await getForecast(buyer, inHours(72))).toMatchObject({
      availableMinor: 10_100n,
      toPay: { count: 2, amountMinor: 2n * PRICE_MINOR },
      shortfallMinor: 0n,
    })
  }))

test('only actFor makes a context that acts for an account: no use case takes one that was put together by hand', async () => {
  await rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { actor } = await givenAccount(ctx, { balanceMinor: 500n })
    // @ts-expect-error What compiles here would go around whatever lies under the accounts.
    const byHand: Parameters<typeof getBalance>[0] = { ...ctx, actor }
    expect(byHand).not.toEqual(actFor(ctx, actor))
    expect(await getBalance(actFor(ctx, actor))).toMatchObject({ balanceMinor: 500n })
  })
})
