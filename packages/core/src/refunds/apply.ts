import { next, peek } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import type { ProviderRefund } from '@droplock/rules/ports/payments'
import { waitingLedgerAccount } from '@droplock/rules/refunds/destination'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openFinanceTask, resolveFinanceTask } from '../finance-tasks.ts'
import { creditRefund } from '../invoices/credit.ts'
import { post } from '../ledger/post.ts'
import { type LockedPayment, type LockedRefund, lockRefund } from '../locks.ts'
import { isId } from '../new-id.ts'
import { notifyOfRefund } from './internal.ts'

/** `unknown`: no refund of ours. `unexpected`: finance has a task. `known`: our rows say so already. */
type RefundApplied = 'unknown' | 'unexpected' | 'known' | 'applied'

type Refund = LockedRefund['refund']

/**
 * Applies the state that the provider reports for a refund, any number of times and in any order: it reached the card, failed, or
 * came back after it had reached the card. Throws Refusal('try_again').
 */
export async function applyRefund(ctx: Context, reported: ProviderRefund): Promise<RefundApplied> {
  const id = await findRefund(ctx, reported)
  if (id === undefined) return 'unknown'
  return inTransaction(ctx.db, async (tx) => {
    const { payment, refund } = await lockRefund(tx, id)
    const { state, amount } = reported
    const isSame = amount.amountMinor === refund.amount_minor && amount.currency === refund.currency
    // The provider reported a failure and now a success: if the refund was retried, the customer may be paid twice.
    const isContradiction = refund.state === 'failed' && state === 'succeeded'
    if (!isSame || isContradiction) {
      const detail = `the provider reports ${state}, ${amount.amountMinor} ${amount.currency}`
      await openFinanceTask(tx, ctx, { kind: 'refund_stuck', subjectId: refund.id, detail })
      return 'unexpected'
    }
    if (refund.provider_refund_id === null) {
      await tx
        .updateTable('refund')
        .set({ provider_refund_id: reported.providerRefundId })
        .where('id', '=', refund.id)
        .execute()
    }
    const event = state === 'failed' ? 'fail' : 'succeed'
    if (state === 'processing' || peek(refundMachine, refund.state, event) === undefined) return 'known'
    const now = await databaseTime(tx)
    if (event === 'succeed') await succeedRefund(tx, ctx, payment, refund, now)
    else await failRefund(tx, ctx, payment, refund, 'the provider says it failed', now)
    return 'applied'
  })
}

async function findRefund(ctx: Context, reported: ProviderRefund): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('provider_refund_id', '=', reported.providerRefundId)
    .executeTakeFirst()
  if (row !== undefined) return row.id
  if (!isId(reported.refundId)) return undefined
  const ours = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('id', '=', reported.refundId)
    .executeTakeFirst()
  return ours?.id
}

/** The money reached the card: it leaves where it waited for provider clearing, and what was invoiced gets its credit note. */
async function succeedRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: Refund,
  now: Date,
): Promise<void> {
  const state = next(refundMachine, refund.state, 'succeed')
  await tx
    .updateTable('refund')
    .set({ state, decided_at: now, try_after: null, failure: null })
    .where('id', '=', refund.id)
    .execute()
  await post(tx, {
    cause: 'refund_paid',
    causeId: refund.id,
    from: waitingLedgerAccount(payment),
    to: 'provider_clearing',
    amountMinor: refund.amount_minor,
    currency: refund.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  await resolveFinanceTask(tx, 'refund_stuck', refund.id, 'the money has arrived')
  await notifyOfRefund(tx, ctx, { ...refund, state })
  await creditRefund(tx, ctx, payment, {
    id: refund.id,
    retriesId: refund.retries_refund_id,
    amountMinor: refund.amount_minor,
  })
}

/**
 * The provider is certain that the customer does not have the money: the refund failed, and finance has a task. Money that had
 * reached the card and came back is posted back to where it waited. The caller holds payment, account and refund.
 */
export async function failRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: Refund,
  reason: string,
  now: Date,
): Promise<void> {
  const state = next(refundMachine, refund.state, 'fail')
  await tx
    .updateTable('refund')
    .set({ state, failure: reason, decided_at: now, try_after: null })
    .where('id', '=', refund.id)
    .execute()
  if (refund.state === 'succeeded') {
    await post(tx, {
      cause: 'refund_returned',
      causeId: refund.id,
      from: 'provider_clearing',
      to: waitingLedgerAccount(payment),
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      accountId: payment.account_id,
      paymentId: payment.id,
    })
  }
  await resolveFinanceTask(tx, 'refund_stuck', refund.id, reason)
  await openFinanceTask(tx, ctx, { kind: 'refund_failed', subjectId: refund.id, detail: reason })
  await notifyOfRefund(tx, ctx, { ...refund, state })
}

/**
 * Fails the refunds that wait for the card of a payment that was charged back: the bank has paid the customer, so sending them would
 * pay twice. Each becomes a task. The caller holds payment and account.
 */
export async function failBlockedRefunds(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
): Promise<void> {
  const blocked = await tx
    .selectFrom('refund')
    .select(['id', 'state', 'notify'])
    .where('payment_id', '=', payment.id)
    .where('destination', '=', 'original_payment')
    .where('state', '=', 'approved')
    .orderBy('id')
    .forUpdate()
    .execute()
  const now = await databaseTime(tx)
  for (const { id, notify, ...before } of blocked) {
    const state = next(refundMachine, before.state, 'block')
    await tx
      .updateTable('refund')
      .set({ state, failure: 'charged_back', decided_at: now })
      .where('id', '=', id)
      .execute()
    const detail = 'the payment was charged back'
    await openFinanceTask(tx, ctx, { kind: 'refund_failed', subjectId: id, detail })
    await notifyOfRefund(tx, ctx, { id, state, notify })
  }
}
