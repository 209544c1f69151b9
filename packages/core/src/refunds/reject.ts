import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockProposed } from './lock-proposed.ts'

export type RejectRefund = { readonly refundId: string; readonly note: string }

/**
 * Rejects a proposed refund: nothing moves, and the amount can be proposed again. Throws Refusal: forbidden,
 * reason_required, refund_not_found, refund_already_decided, decider_is_proposer, try_again.
 */
export async function rejectRefund(ctx: StaffContext, decision: RejectRefund): Promise<void> {
  requirePermission(ctx, 'refunds:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const { refund } = await lockProposed(tx, ctx, decision.refundId)
    const state = next(refundMachine, refund.state, 'reject')
    await tx
      .updateTable('refund')
      .set({
        state,
        decided_by: ctx.actor.staffId,
        decision_note: note,
        decided_at: await databaseTime(tx),
      })
      .where('id', '=', refund.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.rejected',
      subjectType: 'refund',
      subjectId: refund.id,
      reason: note,
      before: { state: refund.state },
      after: { state },
    })
  })
}
