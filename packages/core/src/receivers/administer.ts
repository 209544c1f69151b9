import { decideReceiver, type ReceiverKind, type ReceiverTerms } from '@droplock/rules/notifications'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { changeWithAudit } from '../audit/change.ts'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { violated } from '../database/errors.ts'
import { inTransaction } from '../database/transaction.ts'
import { retryDeliveries } from '../deliveries/record.ts'
import { lockLiveReceiver } from '../receiver-locks.ts'
import { topicsOf } from './read.ts'

type AddReceiver = ReceiverTerms & { readonly kind: ReceiverKind; readonly address: string }

/**
 * Adds an address to which alarms are sent from now on. Returns the receiver's id. Throws Refusal: forbidden, receiver_invalid,
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

type ChangeReceiver = ReceiverTerms & {
  readonly id: string
  /** The version that was edited; left out: whichever it is (ADR 27). */
  readonly version?: number
  readonly reason: string
}

/**
 * Changes which alarms a receiver gets from now on, or the secret that signs them. Another address is another receiver. Throws
 * Refusal: forbidden, reason_required, receiver_invalid, receiver_not_found, receiver_disabled, stale_version, try_again.
 */
export async function changeReceiver(ctx: OperatorContext, command: ChangeReceiver): Promise<void> {
  const { id, alarmKinds, secretName, reason } = command
  const change = { permission: 'receivers:manage', subject: ['receiver', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { version, ...before } = await lockLiveReceiver(tx, id)
    if (command.version !== undefined && command.version !== version)
      throw new Refusal('stale_version', 'Another change of this receiver was made meanwhile.', { version })
    decideReceiver(before.kind, before.address, command)
    const after = {
      topics: topicsOf(command),
      alarm_kinds: alarmKinds === null ? null : [...alarmKinds],
      secret_reference: secretName,
    }
    await tx
      .updateTable('event_receiver')
      .set({ ...after, version: version + 1 })
      .where('id', '=', id)
      .execute()
    return { action: 'receiver.changed', before, after: { ...before, ...after } }
  })
}

type DisableReceiver = { readonly id: string; readonly reason: string }

/**
 * Sends nothing more to a receiver: a worker gives up what is on its way, and its alarm about undelivered events closes. Throws
 * Refusal: forbidden, reason_required, receiver_not_found, receiver_disabled, try_again.
 */
export async function disableReceiver(ctx: OperatorContext, { id, reason }: DisableReceiver): Promise<void> {
  const change = { permission: 'receivers:manage', subject: ['receiver', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { version: _version, ...before } = await lockLiveReceiver(tx, id)
    await tx
      .updateTable('event_receiver')
      .set({ disabled_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: id }])
    return { action: 'receiver.disabled', before }
  })
}

type ResendToReceiver = { readonly id: string; readonly reason: string }

/**
 * Sends again every event that could not be delivered to a receiver, and closes its alarm. Returns how many. Throws Refusal: forbidden,
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
