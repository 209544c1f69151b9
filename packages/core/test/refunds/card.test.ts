import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import type { Context } from '../../src/context.ts'
import { listFinanceTasks } from '../../src/finance-tasks.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { expireRefund } from '../../src/refunds/expire.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { getRefund } from '../../src/refunds/read.ts'
import { rejectRefund } from '../../src/refunds/reject.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { sendRefund } from '../../src/refunds/send.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { deliver, hold, pay, sendRefunds } from '../support/cards.ts'
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

const NAME = 'wanted.test'

/** A name that was paid by card and has its result. */
async function givenResult(ctx: Context, outcome: Outcome) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const provider = new FakeProvider()
  const held = await hold(buyer, provider, NAME)
  await pay(ctx, provider, held.providerId)
  await dropAll(ctx, outcome)
  const ann = await givenStaff(ctx, 'finance')
  const bob = await givenStaff(ctx, 'finance_approver')
  return { buyer, provider, held, paymentId: held.paymentId, ann, bob }
}

const refundRows = (ctx: Context) =>
  ctx.db.selectFrom('refund').selectAll().orderBy('created_at').orderBy('id').execute()

async function refundId(ctx: Context): Promise<string> {
  return (await refundRows(ctx)).at(-1)?.id ?? ''
}

async function ledgerOf(ctx: Context) {
  const { rows } = await sql<{ account: string; sum: string }>`
    select ledger_account as account, sum(amount_minor) as sum from posting group by 1 having sum(amount_minor) <> 0`.execute(
    ctx.db,
  )
  return Object.fromEntries(rows.map((row) => [row.account, BigInt(row.sum)]))
}

test('a failed backorder that was paid by card is refunded to the card, once the worker has sent it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, bob } = await givenResult(ctx, 'lost')
    expect(await ledgerOf(ctx)).toEqual({ provider_clearing: -PRICE_MINOR, refunds_payable: PRICE_MINOR })
    expect(provider.calls).not.toContain('refund')
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([
      { cause: 'backorder_failed', state: 'succeeded', destination: 'original_payment' },
    ])
    expect(await ledgerOf(ctx)).toEqual({})
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('an account that owes gets the whole refund of a failed card order on its balance', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const provider = new FakeProvider()
    const held = await hold(buyer, provider, NAME)
    await pay(ctx, provider, held.providerId)
    await oweACent(ctx)
    await dropAll(ctx, 'missed')
    expect(await refundRows(ctx)).toMatchObject([
      { state: 'succeeded', destination: 'balance', by_rule: true },
    ])
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: PRICE_MINOR - 1n })
    await sendRefunds(ctx, provider)
    expect(provider.calls).not.toContain('refund')
    expect(await proveLedger(tx)).toMatchObject({ misplacedPayments: 0 })
  }))

test('a refund without an answer is looked up before it is sent again, and is paid once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider } = await givenResult(ctx, 'lost')
    provider.refundFate = 'made_unanswered'
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'processing', failure: 'timeout' }])
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'succeeded' }])
    expect(provider.calls.filter((call) => call === 'refund')).toHaveLength(1)
    expect(provider.refunds.size).toBe(1)
  }))

test('a time-out is no failure: it cannot be retried by a new refund', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, ann } = await givenResult(ctx, 'lost')
    provider.refundFate = 'not_made_unanswered'
    await sendRefunds(ctx, provider)
    const retry = retryRefund(ann, { refundId: await refundId(ctx), note: 'it hangs' })
    await expect(retry).rejects.toMatchObject({ code: 'refund_not_retryable' })
    provider.refundFate = 'succeeded'
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'succeeded', attempts: 2 }])
  }))

test('a refund without an answer for long becomes a task, and its attempts go on', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, ann } = await givenResult(ctx, 'lost')
    provider.refundFate = 'not_made_unanswered'
    for (let tries = 0; tries < 8; tries += 1) await sendRefunds(ctx, provider)
    const page = { offset: 0, limit: 10 }
    expect(await listFinanceTasks(ann, page)).toMatchObject({ total: 1, items: [{ kind: 'refund_stuck' }] })
    provider.refundFate = 'succeeded'
    await sendRefunds(ctx, provider)
    expect(await listFinanceTasks(ann, page)).toMatchObject({ total: 0 })
  }))

test('a refund that takes the bank days is polled at growing intervals, and is no task', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, ann } = await givenResult(ctx, 'lost')
    provider.refundFate = 'processing'
    for (let tries = 0; tries < 12; tries += 1) await sendRefunds(ctx, provider)
    const [refund] = await refundRows(ctx)
    expect(refund).toMatchObject({ state: 'processing', attempts: 12, failure: null })
    expect((refund?.try_after ?? new Date(0)).getTime()).toBeGreaterThan(Date.now() + 1_800_000)
    expect(await listFinanceTasks(ann, { offset: 0, limit: 10 })).toMatchObject({ total: 0 })
    expect(provider.calls.filter((call) => call === 'refund')).toHaveLength(1)
    for (const id of provider.refunds.keys()) provider.moveRefund(id, 'succeeded')
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'succeeded' }])
  }))

test('a refund that the provider refuses becomes a task; retrying it pays once and closes the task', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, ann } = await givenResult(ctx, 'lost')
    provider.refundFate = 'declined'
    await sendRefunds(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'failed', failure: 'not_refundable' }])
    const page = { offset: 0, limit: 10 }
    expect(await listFinanceTasks(ann, page)).toMatchObject({ total: 1, items: [{ kind: 'refund_failed' }] })
    expect(await proveInvariants(ann)).toMatchObject({ holds: true })

    const failedId = await refundId(ctx)
    provider.refundFate = 'succeeded'
    await retryRefund(ann, { refundId: failedId, note: 'the card works again' })
    const again = retryRefund(ann, { refundId: failedId, note: 'twice' })
    await expect(again).rejects.toMatchObject({ code: 'refund_not_retryable' })
    await sendRefunds(ctx, provider)

    expect(await refundRows(ctx)).toMatchObject([{ state: 'failed' }, { state: 'succeeded', by_rule: true }])
    expect(await listFinanceTasks(ann, page)).toMatchObject({ total: 0 })
    expect(await ledgerOf(ctx)).toEqual({})
    expect(await proveInvariants(ann)).toMatchObject({ holds: true })
  }))

test('a refund that the bank returns days later is owed again, and becomes a task', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, ann } = await givenResult(ctx, 'lost')
    await sendRefunds(ctx, provider)
    for (const id of provider.refunds.keys()) provider.moveRefund(id, 'failed')
    await deliver(ctx, provider)
    await deliver(ctx, provider)
    expect(await refundRows(ctx)).toMatchObject([{ state: 'failed' }])
    expect(await ledgerOf(ctx)).toEqual({ provider_clearing: -PRICE_MINOR, refunds_payable: PRICE_MINOR })
    expect(await listFinanceTasks(ann, { offset: 0, limit: 10 })).toMatchObject({ total: 1 })
    expect(await proveInvariants(ann)).toMatchObject({ holds: true })
  }))

test('retrying a failed refund to another destination than the default needs two people', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, provider, ann, bob } = await givenResult(ctx, 'lost')
    provider.refundFate = 'declined'
    await sendRefunds(ctx, provider)
    const failedId = await refundId(ctx)
    const elsewhere = { refundId: failedId, note: 'they asked for it', destination: 'balance' } as const
    const rejected = await retryRefund(ann, elsewhere)
    expect(await getRefund(ann, rejected)).toMatchObject({ state: 'proposed', byRule: false })
    await rejectRefund(bob, { refundId: rejected, note: 'ask them in writing' })
    const approved = await retryRefund(ann, elsewhere)
    await lookAndApprove(bob, approved)
    expect(await getRefund(ann, approved)).toMatchObject({ state: 'succeeded' })
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: PRICE_MINOR })
    expect(await ledgerOf(ctx)).toEqual({ provider_clearing: -PRICE_MINOR, customer_balance: PRICE_MINOR })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

const manual = { amountMinor: 500n, reasonCode: 'goodwill', note: 'a late answer' } as const

test('a manual refund goes to the card by default, after two people agreed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, paymentId, ann, bob } = await givenResult(ctx, 'registered')
    const id = await proposeRefund(ann, { ...manual, paymentId })
    expect(await getRefund(ann, id)).toMatchObject({ destination: 'original_payment', byRule: true })
    await lookAndApprove(bob, id)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'approved' })
    await sendRefunds(ctx, provider)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'succeeded' })
    const rest = PRICE_MINOR - 500n
    expect(await ledgerOf(ctx)).toEqual({ provider_clearing: -rest, revenue: rest })
  }))

test('one person in finance refunds up to the limit of a payment, over all such refunds, and not a cent more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { paymentId, ann, bob } = await givenResult(ctx, 'registered')
    await tx.updateTable('refund_limit').set({ alone_minor: 800n }).where('currency', '=', 'USD').execute()
    const alone = { ...manual, paymentId }
    const id = await completeRefund(ann, alone)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'approved', decidedBy: null })
    const facts = { limit_minor: 800, alone_before_minor: 500 }
    const more = completeRefund(ann, { ...alone, amountMinor: 301n })
    await expect(more).rejects.toMatchObject({ code: 'refund_needs_approval', facts })
    await completeRefund(ann, { ...alone, amountMinor: 300n })
    await expect(completeRefund(bob, alone)).rejects.toMatchObject({ code: 'forbidden' })
    await tx.deleteFrom('refund_limit').execute()
    const unlisted = completeRefund(ann, { ...alone, amountMinor: 1n })
    await expect(unlisted).rejects.toMatchObject({ code: 'refund_needs_approval' })
  }))

test('a proposal expires, and no money moves', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { paymentId, ann, bob } = await givenResult(ctx, 'registered')
    const id = await proposeRefund(ann, { ...manual, paymentId })
    expect(await expireRefund(ctx)).toBe(false)
    await tx
      .updateTable('refund')
      .set({ expires_at: new Date(0) })
      .execute()
    await expect(lookAndApprove(bob, id)).rejects.toMatchObject({ code: 'refund_expired' })
    expect(await expireRefund(ctx)).toBe(true)
    expect(await expireRefund(ctx)).toBe(false)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'expired' })
    await proposeRefund(ann, { ...manual, paymentId, amountMinor: PRICE_MINOR })
  }))

test('an approved refund that was never sent expires, and its money is revenue again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, paymentId, ann, bob } = await givenResult(ctx, 'registered')
    const id = await proposeRefund(ann, { ...manual, paymentId })
    await lookAndApprove(bob, id)
    await tx
      .updateTable('refund')
      .set({ expires_at: new Date(0) })
      .execute()
    expect(await expireRefund(ctx)).toBe(true)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'expired' })
    expect(await sendRefund(ctx, provider)).toBe(false)
    expect(await ledgerOf(ctx)).toEqual({ provider_clearing: -PRICE_MINOR, revenue: PRICE_MINOR })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('the refund of a failed order does not expire', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenResult(ctx, 'lost')
    await tx
      .updateTable('refund')
      .set({ expires_at: new Date(0) })
      .execute()
    expect(await expireRefund(ctx)).toBe(false)
  }))

/** A debt that is not of a card: a purchase on credit. */
async function oweACent(ctx: Context): Promise<void> {
  await sql`update account set credit_limit_minor = 1`.execute(ctx.db)
  await sql`insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
    select 'settle', cause_id, line, ledger_account, id, sign, 'USD'
    from (select id, gen_random_uuid() as cause_id from account) as a,
      (values (1, 'customer_balance', -1), (2, 'provider_clearing', 1)) as side (line, ledger_account, sign)`.execute(
    ctx.db,
  )
}
