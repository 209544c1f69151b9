import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { APPROVAL_MS_MAX, decideAlone } from '@droplock/rules/refunds/decide-manual'
import { manualSource, waitingPlace } from '@droplock/rules/refunds/destination'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type Context, requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { settleFinanceTask } from '../finance-tasks.ts'
import { creditRefund } from '../invoices/credit.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment, LockedRefund } from '../locks.ts'
import { fundRefund } from './fund.ts'
import { notifyOfRefund } from './notify.ts'
import { lockForManual, type ProposeRefund } from './propose.ts'
import { readAlone } from './read.ts'

/**
 * The money has reached the card: what waited for it → provider clearing, and of what was invoiced there is a credit note. The
 * caller holds the locks.
 */
export async function completeRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: LockedRefund['refund'],
  now: Date,
): Promise<void> {
  await tx
    .updateTable('refund')
    .set({
      state: next(refundMachine, refund.state, 'succeed'),
      decided_at: now,
      try_after: null,
      failure: null,
    })
    .where('id', '=', refund.id)
    .execute()
  await post(tx, {
    cause: 'refund_paid',
    causeId: refund.id,
    from: waitingPlace(payment),
    to: 'provider_clearing',
    amountMinor: refund.amount_minor,
    currency: refund.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  await settleFinanceTask(tx, 'refund_stuck', refund.id, 'the money has arrived')
  await notifyOfRefund(tx, ctx, { ...refund, state: 'succeeded' })
  await creditRefund(tx, ctx, payment, {
    id: refund.id,
    retriesId: refund.retries_refund_id,
    amountMinor: refund.amount_minor,
  })
}

/** The destination is the one of rule 9: any other needs two people. */
type CompleteRefundAlone = Omit<ProposeRefund, 'destination'>

/**
 * Refunds by one person alone: of one payment no more than the limit of its currency, all such refunds together. Returns the
 * refund's id. Throws Refusal: forbidden, reason_required, payment_not_found, backorder_undecided, renewal_undecided,
 * refund_exceeds_remaining, refund_exceeds_balance, refund_stays_on_balance, refund_needs_approval, try_again. Rules 4, 9.
 */
export async function completeRefundAlone(ctx: StaffContext, refund: CompleteRefundAlone): Promise<string> {
  requirePermission(ctx, 'refunds:complete')
  const note = requireReason(refund.note)
  const { amountMinor, reasonCode, paymentId, notify = true } = refund
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const { payment, name, ruled, now } = await lockForManual(tx, { paymentId, amountMinor })
    const limits = await readAlone(tx, payment)
    decideAlone({ amountMinor, ...limits })
    const state = await fundRefund(
      tx,
      ctx,
      payment,
      { id, amountMinor, destination: ruled },
      manualSource(payment.purpose),
    )
    await tx
      .insertInto('refund')
      .values({
        id,
        payment_id: payment.id,
        cause: 'manual',
        state,
        destination: ruled,
        alone_limit_minor: limits.limitMinor,
        amount_minor: amountMinor,
        currency: payment.currency,
        reason_code: reasonCode,
        note,
        notify,
        proposed_by: ctx.actor.staffId,
        created_at: now,
        decided_at: now,
        expires_at: new Date(now.getTime() + APPROVAL_MS_MAX),
        try_after: state === 'approved' ? now : null,
      })
      .execute()
    await notifyOfRefund(tx, ctx, { id, state, notify })
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.completed',
      subjectType: 'refund',
      subjectId: id,
      reason: note,
      after: {
        state,
        payment_id: payment.id,
        backorder_id: payment.backorder_id,
        name,
        amount_minor: amountMinor,
        currency: payment.currency,
        destination: ruled,
        reason_code: reasonCode,
        notify,
        limit_minor: limits.limitMinor,
      },
    })
  })
  return id
}
