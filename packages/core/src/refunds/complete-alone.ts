import { APPROVAL_MS_MAX, decideAlone } from '@droplock/rules/refunds/decide-manual'
import { manualSource } from '@droplock/rules/refunds/plan-funding'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { fundRefund } from './fund.ts'
import { lockForManual } from './lock-for-manual.ts'
import { notifyOfRefund } from './notify.ts'
import type { ProposeRefund } from './propose.ts'
import { readAlone } from './read-alone.ts'

/** The destination is the one of rule 9: any other needs two people. */
export type CompleteRefundAlone = Omit<ProposeRefund, 'destination'>

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
