import { manualSource } from '@droplock/rules/refunds/destination'
import { APPROVAL_MS_MAX, requireWithinSingleApproverLimit } from '@droplock/rules/refunds/manual'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { fundRefund, notifyOfRefund } from './internal.ts'
import { lockRefundable, type ProposeRefund } from './propose.ts'
import { readSingleApproverLimit } from './read.ts'

/** To the destination of rule 9: any other needs two people. */
type CompleteRefund = Omit<ProposeRefund, 'destination'>

/**
 * Refunds a payment by the decision of one person: all such refunds of a payment stay within the single-approver limit of its
 * currency. Returns the refund's id. Throws Refusal: forbidden, reason_required, payment_not_found, backorder_undecided,
 * renewal_undecided, refund_exceeds_remaining, refund_exceeds_balance, refund_stays_on_balance, refund_needs_approval, try_again.
 * Rules 4, 9.
 */
export async function completeRefund(ctx: StaffContext, command: CompleteRefund): Promise<string> {
  requirePermission(ctx, 'refunds:complete')
  const note = requireReason(command.note)
  const { amountMinor, reasonCode, paymentId, notify = true } = command
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const { payment, name, ruled, now } = await lockRefundable(tx, { paymentId, amountMinor })
    const limit = await readSingleApproverLimit(tx, payment)
    requireWithinSingleApproverLimit({ amountMinor, ...limit })
    const refund = { id, amountMinor, destination: ruled }
    const state = await fundRefund(tx, ctx, payment, refund, manualSource(payment.purpose))
    await tx
      .insertInto('refund')
      .values({
        id,
        payment_id: payment.id,
        cause: 'manual',
        state,
        destination: ruled,
        alone_limit_minor: limit.limitMinor,
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
        limit_minor: limit.limitMinor,
      },
    })
  })
  return id
}
