import {
  decideReceiver,
  type ReceiverKind,
  type ReceiverTerms,
} from '@droplock/rules/notifications/decide-receiver'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { violated } from '../database/errors.ts'
import { inTransaction } from '../database/transaction.ts'
import { topicsOf } from './receiver-view.ts'

export type AddReceiver = ReceiverTerms & { readonly kind: ReceiverKind; readonly address: string }

/**
 * Has alarms from now on sent to an address. Returns the receiver's id. Throws Refusal: forbidden, receiver_invalid,
 * receiver_exists, try_again.
 */
export async function addReceiver(ctx: OperatorContext, receiver: AddReceiver): Promise<string> {
  requirePermission(ctx, 'receivers:manage')
  const { kind, address, alarmKinds, secretName } = receiver
  decideReceiver(kind, address, receiver)
  const id = ctx.newId()
  const row = {
    kind,
    address,
    topics: topicsOf(receiver),
    alarm_kinds: alarmKinds === null ? null : [...alarmKinds],
    secret_reference: secretName,
  }
  try {
    await inTransaction(ctx.db, async (tx) => {
      await tx
        .insertInto('event_receiver')
        .values({ id, ...row })
        .execute()
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'receiver.added',
        subjectType: 'receiver',
        subjectId: id,
        after: row,
      })
    })
  } catch (error) {
    if (!violated(error, 'one_live_receiver_per_address')) throw error
    throw new Refusal('receiver_exists', 'Alarms are sent to this address already.')
  }
  return id
}
