import { deliveryPauseMs, isLastAttempt } from '@droplock/rules/events'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import { type Selectable, sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, EventDeliveryTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { clearUndelivered, raiseUndelivered } from './undelivered.ts'

/** The result of an attempt. `answer`: what the receiver answered, shortened. */
export type DeliveryResult =
  | { readonly kind: 'delivered'; readonly answer?: string }
  | {
      readonly kind: 'failed'
      readonly failure: string
      readonly answer?: string
      /** The receiver will never take it, so there is no further attempt. */
      readonly isFinal?: boolean
    }

type RecordDelivery = {
  readonly id: string
  /** The sender that claimed it (see `claimDueDeliveries`). */
  readonly owner: string
  readonly result: DeliveryResult
  /** Random, from 0 to below 1: spreads the next attempts. */
  readonly chance: number
}

/** Some receivers answer with whole pages; the beginning is enough. */
const CHARACTERS_MAX = 500

/**
 * Records the result of a delivery that was claimed. After a failed attempt there is another one later; after the last one the
 * delivery has failed, and the receiver's alarm is open until nothing failed is left there. Returns false where another sender has
 * claimed the delivery since: then that sender's result counts.
 */
export async function recordDelivery(ctx: Context, record: RecordDelivery): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const delivery = await tx
      .selectFrom('event_delivery')
      .selectAll()
      .where('id', '=', record.id)
      .where('taken_by', '=', record.owner)
      .where('state', '=', 'pending')
      .forUpdate()
      .executeTakeFirst()
    if (delivery === undefined) return false
    const { result } = record
    if (result.kind === 'delivered') await accept(tx, ctx, delivery, result.answer)
    else if (result.isFinal === true || isLastAttempt(delivery.attempts))
      await giveUp(tx, ctx, delivery, result)
    else await tryLater(tx, delivery, result, record.chance)
    return true
  })
}

type Delivery = Selectable<EventDeliveryTable>
type Failed = Extract<DeliveryResult, { readonly kind: 'failed' }>

async function accept(tx: Transaction<Database>, ctx: Context, delivery: Delivery, answer?: string) {
  await update(tx, delivery, {
    state: next(deliveryMachine, delivery.state, 'accept'),
    decided_at: await databaseTime(tx),
    answer: brief(answer),
    failure: null,
  })
  await clearUndelivered(tx, ctx, delivery.receiver_id)
}

async function tryLater(tx: Transaction<Database>, delivery: Delivery, result: Failed, chance: number) {
  const now = await databaseTime(tx)
  const pauseMs = deliveryPauseMs(delivery.attempts, chance)
  await update(tx, delivery, {
    try_after: new Date(now.getTime() + pauseMs),
    answer: brief(result.answer),
    failure: brief(result.failure),
  })
}

async function giveUp(tx: Transaction<Database>, ctx: Context, delivery: Delivery, result: Failed) {
  await update(tx, delivery, {
    state: next(deliveryMachine, delivery.state, 'give_up'),
    decided_at: await databaseTime(tx),
    answer: brief(result.answer),
    failure: brief(result.failure),
  })
  const { receiver_id: receiverId, event_id: eventId } = delivery
  const facts = { eventId, failure: brief(result.failure) }
  await raiseUndelivered(tx, ctx, new Map([[receiverId, facts]]))
}

async function update(tx: Transaction<Database>, { id }: Delivery, set: Partial<Delivery>): Promise<void> {
  await tx.updateTable('event_delivery').set(set).where('id', '=', id).execute()
}

function brief(text: string | undefined): string | null {
  return text?.slice(0, CHARACTERS_MAX) ?? null
}

/**
 * Queues all failed deliveries of a receiver again, with all their attempts, and closes its alarm. Returns how many. The caller has
 * checked the permission, holds the receiver, and writes the audit. Nobody else locks failed deliveries, so they may be locked after
 * the receiver.
 */
export async function retryDeliveries(
  tx: Transaction<Database>,
  ctx: Context,
  receiverId: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update event_delivery set state = 'pending', decided_at = null, attempts = 0, try_after = clock_timestamp(), taken_by = null
    where receiver_id = ${receiverId} and state = 'failed'`.execute(tx)
  await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: receiverId }])
  return Number(numAffectedRows)
}
