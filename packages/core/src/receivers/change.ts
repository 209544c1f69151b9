import { decideReceiver, type ReceiverTerms } from '@droplock/rules/notifications/decide-receiver'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockLiveReceiver } from './lock.ts'
import { topicsOf } from './receiver-view.ts'

export type ChangeReceiver = ReceiverTerms & { readonly id: string; readonly reason: string }

/**
 * Changes what a receiver is told of from now on, or the secret that signs. Another address is another receiver. Throws Refusal:
 * forbidden, reason_required, receiver_invalid, receiver_not_found, receiver_disabled, try_again.
 */
export async function changeReceiver(ctx: OperatorContext, change: ChangeReceiver): Promise<void> {
  requirePermission(ctx, 'receivers:manage')
  const reason = requireReason(change.reason)
  const { id, alarmKinds, secretName } = change
  await inTransaction(ctx.db, async (tx) => {
    const before = await lockLiveReceiver(tx, id)
    decideReceiver(before.kind, before.address, change)
    const after = {
      topics: topicsOf(change),
      alarm_kinds: alarmKinds === null ? null : [...alarmKinds],
      secret_reference: secretName,
    }
    await tx.updateTable('event_receiver').set(after).where('id', '=', id).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'receiver.changed',
      subjectType: 'receiver',
      subjectId: id,
      reason,
      before,
      after: { ...before, ...after },
    })
  })
}
