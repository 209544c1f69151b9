import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { retryDeliveries } from '../deliveries/retry.ts'
import { lockLiveReceiver } from './lock.ts'

export type ResendToReceiver = { readonly id: string; readonly reason: string }

/**
 * Has everything sent again that a receiver did not take, and closes its alarm. Returns how many. Throws Refusal: forbidden,
 * reason_required, receiver_not_found, receiver_disabled, try_again.
 */
export async function resendToReceiver(ctx: OperatorContext, command: ResendToReceiver): Promise<number> {
  requirePermission(ctx, 'receivers:manage')
  const reason = requireReason(command.reason)
  const { id } = command
  return inTransaction(ctx.db, async (tx) => {
    const { address } = await lockLiveReceiver(tx, id)
    const events = await retryDeliveries(tx, ctx, id)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'receiver.resent',
      subjectType: 'receiver',
      subjectId: id,
      reason,
      after: { address, events },
    })
    return events
  })
}
