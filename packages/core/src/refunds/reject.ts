import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { lockProposed } from './internal.ts'

type RejectRefund = { readonly refundId: string; readonly note: string }

/**
 * Rejects a proposed refund: no money moves, and the amount can be proposed again. Throws Refusal: forbidden, reason_required,
 * refund_not_found, refund_already_decided, decider_is_proposer, try_again.
 */
export async function rejectRefund(ctx: StaffContext, { refundId, note }: RejectRefund): Promise<void> {
  const change = { permission: 'refunds:decide', subject: ['refund', refundId], reason: note } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const { refund, name, account } = await lockProposed(tx, ctx, refundId)
    const state = next(refundMachine, refund.state, 'reject')
    await tx
      .updateTable('refund')
      .set({
        state,
        decided_by: ctx.actor.staffId,
        decision_note: reason,
        decided_at: await databaseTime(tx),
      })
      .where('id', '=', refundId)
      .execute()
    const { amount_minor, currency } = refund
    const after = { state, name, account_id: account.id, account_name: account.name, amount_minor, currency }
    return { action: 'refund.rejected', before: { state: refund.state }, after }
  })
}
