import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { listTransactions } from '../../src/accounts/statement.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { listFinanceTasks } from '../../src/finance-tasks.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { getPayment } from '../../src/payments/read.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { deliver, hold, pay, sendRefunds } from '../support/cards.ts'
import { dropAll } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { paymentOf } from '../support/payment-of.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

const NAMES = ['wanted.test', 'other.test'] as const
const RICH = 10n * PRICE_MINOR

async function givenPaid(ctx: Context, balanceMinor = 0n) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: NAMES })
  const buyer = await givenAccount(ctx, { balanceMinor })
  const provider = new FakeProvider()
  const held = await hold(buyer, provider, NAMES[0])
  await pay(ctx, provider, held.providerId)
  return { buyer, provider, held }
}

async function dispute(ctx: Context, provider: FakeProvider, providerId: string): Promise<string> {
  const id = provider.openDispute(providerId)
  await deliver(ctx, provider)
  return id
}

async function decide(ctx: Context, provider: FakeProvider, id: string, state: 'won' | 'lost') {
  provider.decideDispute(id, state)
  await deliver(ctx, provider)
}

const balance = async (buyer: AccountContext) => (await getBalance(buyer)).balanceMinor

/** The ledger proves itself, whatever the steps said. */
async function mustBeSound(ctx: Context): Promise<void> {
  expect(await proveLedger(ctx.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowDifferenceMinor: { USD: 0n },
    balanceMismatches: 0,
    misplacedPayments: 0,
    unrefundedFailures: 0,
  })
}

test('a dispute before the drop debits the balance, leaves escrow alone, and stops spending', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx)
    await dispute(ctx, provider, held.providerId)
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: -PRICE_MINOR, escrowMinor: PRICE_MINOR })
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'disputed', secures: true })
    const order = placeBackorder(buyer, { name: NAMES[1], payment: 'balance' })
    await expect(order).rejects.toMatchObject({ code: 'insufficient_balance' })
    await mustBeSound(ctx)
  }))

test('a dispute that is won is reversed, and repeating either report changes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx, RICH)
    const id = await dispute(ctx, provider, held.providerId)
    await tellAgain(ctx, provider, id)
    expect(await balance(buyer)).toBe(RICH - PRICE_MINOR)
    await decide(ctx, provider, id, 'won')
    await tellAgain(ctx, provider, id)
    expect(await balance(buyer)).toBe(RICH)
    expect(await getPayment(buyer, held.paymentId)).toMatchObject({ state: 'succeeded' })
    await mustBeSound(ctx)
  }))

/** The provider reports it again. */
async function tellAgain(ctx: Context, provider: FakeProvider, objectId: string) {
  provider.events.push({ kind: 'event', eventId: `evt_${ctx.newId()}`, about: 'dispute', objectId })
  await deliver(ctx, provider)
}

test('the statement has a line of its own for a dispute and for its reversal, page by page', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx, RICH)
    await decide(ctx, provider, await dispute(ctx, provider, held.providerId), 'won')
    const first = await listTransactions(buyer, { limit: 1 })
    expect(first.items).toMatchObject([{ cause: 'dispute_won', amountMinor: PRICE_MINOR }])
    const second = await listTransactions(buyer, { limit: 1, after: first.next ?? '' })
    expect(second.items).toMatchObject([{ cause: 'dispute', amountMinor: -PRICE_MINOR }])
  }))

test('before the drop, the failure of an order whose dispute left a debt pays that debt', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx)
    const id = await dispute(ctx, provider, held.providerId)
    await dropAll(ctx, 'lost')
    expect(await balance(buyer)).toBe(0n)
    await decide(ctx, provider, id, 'lost')
    await sendRefunds(ctx, provider)
    expect(await balance(buyer)).toBe(0n)
    expect(provider.refunds.size).toBe(0)
    await mustBeSound(ctx)
  }))

test('while a payment is disputed nothing goes to its card; when it is won the refund is sent', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx, RICH)
    const id = await dispute(ctx, provider, held.providerId)
    await dropAll(ctx, 'lost')
    await sendRefunds(ctx, provider)
    expect(provider.calls).not.toContain('refund')
    await decide(ctx, provider, id, 'won')
    await sendRefunds(ctx, provider)
    expect(provider.refunds.size).toBe(1)
    expect(await balance(buyer)).toBe(RICH)
    await mustBeSound(ctx)
  }))

test('when it is lost the refund is not sent but becomes a task, and one person can credit it to the balance', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx, RICH)
    const id = await dispute(ctx, provider, held.providerId)
    await dropAll(ctx, 'lost')
    await decide(ctx, provider, id, 'lost')
    await sendRefunds(ctx, provider)
    const ann = await givenStaff(ctx, 'finance')
    const { items } = await listFinanceTasks(ann, { offset: 0, limit: 10 })
    expect(items).toMatchObject([{ kind: 'refund_failed', detail: 'the payment was charged back' }])
    const refundId = items[0]?.subjectId ?? ''
    const toCard = retryRefund(ann, { refundId, note: 'again', destination: 'original_payment' })
    await expect(toCard).rejects.toMatchObject({ code: 'payment_disputed' })
    await retryRefund(ann, { refundId, note: 'the bank returned it, the balance bore it' })
    // Paid once by the bank, and what the balance bore for it is back.
    expect(await balance(buyer)).toBe(RICH)
    expect(provider.refunds.size).toBe(0)
    await mustBeSound(ctx)
  }))

test('a dispute after the refund of a failed order is a debt: the customer was paid twice', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx)
    await dropAll(ctx, 'lost')
    await sendRefunds(ctx, provider)
    const id = await dispute(ctx, provider, held.providerId)
    await decide(ctx, provider, id, 'lost')
    expect(await balance(buyer)).toBe(-PRICE_MINOR)
    await mustBeSound(ctx)
  }))

test('a dispute after success keeps the revenue and leaves the debt; nothing is refunded to that card', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx)
    await dropAll(ctx, 'registered')
    const id = await dispute(ctx, provider, held.providerId)
    await decide(ctx, provider, id, 'lost')
    expect(await balance(buyer)).toBe(-PRICE_MINOR)
    const ann = await givenStaff(ctx, 'finance')
    const paymentId = await paymentOf(ctx, held.id)
    const refund = { paymentId, amountMinor: 1n, reasonCode: 'goodwill', note: 'sorry' } as const
    const toCard = proposeRefund(ann, { ...refund, destination: 'original_payment' })
    await expect(toCard).rejects.toMatchObject({ code: 'payment_disputed' })
    await proposeRefund(ann, refund)
    await mustBeSound(ctx)
  }))

test('a dispute that is reported before its payment is applied after it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: NAMES })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const provider = new FakeProvider()
    const held = await hold(buyer, provider, NAMES[0])
    provider.move(held.providerId, 'succeeded')
    provider.openDispute(held.providerId)
    provider.events.reverse()
    await deliver(ctx, provider)
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: -PRICE_MINOR, escrowMinor: PRICE_MINOR })
    await mustBeSound(ctx)
  }))

test('a refund that was being sent when the dispute came is looked up, and not made', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, held } = await givenPaid(ctx, RICH)
    await dropAll(ctx, 'lost')
    provider.refundFate = 'not_made_unanswered'
    await sendRefunds(ctx, provider)
    const id = await dispute(ctx, provider, held.providerId)
    provider.refundFate = 'succeeded'
    await sendRefunds(ctx, provider)
    expect(provider.refunds.size).toBe(0)
    await decide(ctx, provider, id, 'lost')
    await sendRefunds(ctx, provider)
    expect(provider.refunds.size).toBe(0)
    const { rows } = await sql<{ state: string }>`select state from refund`.execute(tx)
    expect(rows).toEqual([{ state: 'failed' }])
    await mustBeSound(ctx)
  }))

test('a second dispute of a payment, or one of more than was paid, becomes a task', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, held } = await givenPaid(ctx)
    await dispute(ctx, provider, held.providerId)
    await dispute(ctx, provider, held.providerId)
    expect(await balance(buyer)).toBe(-PRICE_MINOR)
    const ann = await givenStaff(ctx, 'finance')
    expect(await listFinanceTasks(ann, { offset: 0, limit: 10 })).toMatchObject({
      items: [{ kind: 'dispute_unexpected', subjectId: held.paymentId }],
    })
    await mustBeSound(ctx)
  }))
