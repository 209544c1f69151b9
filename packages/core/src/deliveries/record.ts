import { ATTEMPTS_KEPT_MAX, deliveryPauseMs, receiverPauseMs } from '@droplock/rules/events'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import { type Selectable, sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, EventDeliveryTable, ReceiverQueueTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockReceiverQueue, lockReceivers } from '../receiver-locks.ts'
import type { DueDelivery } from './claim-due.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import { type Answered, brief, isDue } from './internal.ts'
import { arrange, resumeReceiver, scheduleReceiver } from './queue.ts'
import { recordAccepted } from './record-accepted.ts'
import { raiseUndelivered } from './undelivered.ts'

/** The result of an attempt. */
export type DeliveryResult =
  | ({ readonly kind: 'delivered' } & Answered)
  | ({
      readonly kind: 'failed'
      readonly failure: string
      /** The receiver will never take it, so there is no further attempt; an account's endpoint is gone and disabled. */
      readonly isFinal?: boolean
    } & Answered)

type RecordDelivery = {
  readonly delivery: Pick<DueDelivery, 'id' | 'receiver'>
  /** The sender that claimed it (see `claimDueDeliveries`). */
  readonly owner: string
  readonly result: DeliveryResult
  /** How long the attempt took. Milliseconds. */
  readonly durationMs?: number
  /** Random, from 0 to below 1: spreads the next attempts. */
  readonly chance: number
}

type RecordedDelivery = {
  /** False where another sender has claimed the delivery since: then that sender's result counts. */
  readonly counts: boolean
  /** Something else can be sent to this receiver now. */
  readonly isMoreDue: boolean
}

/**
 * Records the result of a delivery that was claimed. What follows about its subject is sent next. After a failed attempt there is another
 * one later; after the last one the delivery has failed, and an operators' receiver has an alarm until nothing failed is left there. A
 * receiver that fails again and again is left alone for a while, and when it takes something everything that waits for it is due.
 */
export async function recordDelivery(ctx: Context, record: RecordDelivery): Promise<RecordedDelivery> {
  const { delivery, owner, result, durationMs = 0, chance } = record
  const { receiver } = delivery
  if (result.kind === 'delivered') {
    const accepted = [{ id: delivery.id, durationMs, ...result }]
    const { counted, isMoreDue } = await recordAccepted(ctx, { receiver, owner, accepted })
    return { counts: counted.has(delivery.id), isMoreDue }
  }
  return inTransaction(ctx.db, async (tx) => {
    // In lock order, before its queue: its alarm, or the endpoint, may be changed.
    if (receiver.accountId === null || isGone(result)) await lockReceivers(tx, [receiver.id])
    const queue = await lockReceiverQueue(tx, receiver.id)
    const attempt = { ctx, tx, queue, id: delivery.id, owner, durationMs, chance }
    const counts = await decideFailure(attempt, result)
    if (!counts) return { counts, isMoreDue: false }
    if (receiver.accountId !== null && isGone(result)) await disableEndpoint(tx, ctx, receiver.id, 'gone')
    return { counts, isMoreDue: await isDue(tx, receiver.id) }
  })
}

const isGone = ({ isFinal }: Failed) => isFinal === true

type Attempt = {
  readonly ctx: Context
  readonly tx: Transaction<Database>
  readonly queue: Selectable<ReceiverQueueTable>
  readonly id: string
  readonly owner: string
  readonly durationMs: number
  readonly chance: number
}

type Failed = Extract<DeliveryResult, { readonly kind: 'failed' }>
type Delivery = Selectable<EventDeliveryTable>

async function decideFailure(attempt: Attempt, result: Failed): Promise<boolean> {
  const { ctx, tx, queue, id, owner, chance } = attempt
  const delivery = await tx
    .selectFrom('event_delivery')
    .selectAll()
    .where('id', '=', id)
    .where('taken_by', '=', owner)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  if (delivery === undefined) return false
  const now = await databaseTime(tx)
  await logFailure(attempt, result)
  const triedForMs = now.getTime() - (delivery.first_tried_at ?? now).getTime()
  const pauseMs = result.isFinal === true ? undefined : deliveryPauseMs(delivery.attempts, triedForMs, chance)
  if (pauseMs === undefined) await giveUp(attempt, delivery, result)
  else
    await update(tx, delivery, {
      try_after: new Date(now.getTime() + pauseMs),
      taken_by: null,
      answer: brief(result.answer),
      failure: brief(result.failure),
    })
  // An earlier event may have been planned again meanwhile; after the last attempt the next one follows.
  await arrange(tx, queue.receiver_id, [delivery.subject_id])
  await pace(attempt, now)
  if (pauseMs === undefined) {
    const facts = { eventId: delivery.event_id, failure: brief(result.failure) }
    await raiseUndelivered(tx, ctx, new Map([[queue.receiver_id, facts]]))
  }
  return true
}

async function giveUp({ tx }: Attempt, delivery: Delivery, result: Failed): Promise<void> {
  await update(tx, delivery, {
    state: next(deliveryMachine, delivery.state, 'give_up'),
    decided_at: await databaseTime(tx),
    waits: false,
    answer: brief(result.answer),
    failure: brief(result.failure),
  })
}

async function logFailure({ tx, id, durationMs }: Attempt, result: Failed): Promise<void> {
  await sql`
    with forgotten as (
      delete from delivery_attempt where delivery_id = ${id} and number <= ${nextNumber(id)} - ${ATTEMPTS_KEPT_MAX}
    )
    insert into delivery_attempt (delivery_id, number, attempted_at, duration_ms, status, answer, failure)
    values (${id}, ${nextNumber(id)}, ${startedAt(durationMs)}, ${durationMs}, ${result.status ?? null}, ${brief(result.answer)},
      ${brief(result.failure)})`.execute(tx)
}

/** Leaves a receiver alone for a while that has failed again. */
async function pace({ tx, queue, chance }: Attempt, now: Date): Promise<void> {
  const failures = queue.failures + 1
  const failingSince = queue.failing_since ?? now
  const pauseMs = receiverPauseMs(failures, now.getTime() - failingSince.getTime(), chance)
  await tx
    .updateTable('receiver_queue')
    .set({
      failures,
      failing_since: failingSince,
      not_before: pauseMs === 0 ? null : new Date(now.getTime() + pauseMs),
    })
    .where('receiver_id', '=', queue.receiver_id)
    .execute()
  await scheduleReceiver(tx, queue.receiver_id)
}

/** In the log: attempts begin anew when a delivery is planned again. */
function nextNumber(deliveryId: string) {
  return sql`(select coalesce(max(number), 0) + 1 from delivery_attempt where delivery_id = ${deliveryId})`
}

function startedAt(durationMs: number) {
  return sql`clock_timestamp() - ${durationMs} * interval '1 millisecond'`
}

async function update(tx: Transaction<Database>, { id }: Delivery, set: Partial<Delivery>): Promise<void> {
  await tx.updateTable('event_delivery').set(set).where('id', '=', id).execute()
}

/**
 * Queues all failed deliveries of a receiver again, with all their attempts, and closes its alarm. Returns how many. The caller has
 * checked the permission, holds the receiver, and writes the audit.
 */
export async function retryDeliveries(
  tx: Transaction<Database>,
  ctx: Context,
  receiverId: string,
): Promise<number> {
  await lockReceiverQueue(tx, receiverId)
  const { numAffectedRows } = await sql`
    update event_delivery set state = 'pending', decided_at = null, attempts = 0, first_tried_at = null,
      try_after = clock_timestamp(), taken_by = null
    where receiver_id = ${receiverId} and state = 'failed'`.execute(tx)
  await arrange(tx, receiverId)
  await resumeReceiver(tx, receiverId)
  await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: receiverId }])
  return Number(numAffectedRows)
}
