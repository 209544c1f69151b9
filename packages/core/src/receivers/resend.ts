import { recordAudit } from '../audit/record.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { retryDeliveries } from '../deliveries/retry.ts'
import { lockLiveReceiver } from './lock.ts'

/**
 * Has everything sent again that a receiver did not take, and closes its alarm. Returns how many. Throws Refusal: forbidden,
 * receiver_not_found, receiver_disabled, try_again.
 */
export async function resendToReceiver(ctx: StaffContext, id: string): Promise<number> {
  requirePermission(ctx, 'receivers:manage')
  return inTransaction(ctx.db, async (tx) => {
    const { address } = await lockLiveReceiver(tx, id)
    const events = await retryDeliveries(tx, ctx, id)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'receiver.resent',
      subjectType: 'receiver',
      subjectId: id,
      after: { address, events },
    })
    return events
  })
}
