import { sql } from 'kysely'
import { clearAlarms } from '../alarms/clear.ts'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockLiveReceiver } from './lock.ts'

export type DisableReceiver = { readonly id: string; readonly reason: string }

/**
 * Sends nothing more to a receiver, what is on its way to it included: a worker gives that up. That something was not delivered there
 * is no alarm any more. Throws Refusal: forbidden, reason_required, receiver_not_found, receiver_disabled, try_again.
 */
export async function disableReceiver(ctx: OperatorContext, command: DisableReceiver): Promise<void> {
  requirePermission(ctx, 'receivers:manage')
  const reason = requireReason(command.reason)
  const { id } = command
  await inTransaction(ctx.db, async (tx) => {
    const before = await lockLiveReceiver(tx, id)
    await tx
      .updateTable('event_receiver')
      .set({ disabled_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: id }])
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'receiver.disabled',
      subjectType: 'receiver',
      subjectId: id,
      reason,
      before,
    })
  })
}
