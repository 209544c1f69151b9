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

/** What became of an attempt. `answer`: what the receiver said, in a few words. */
export type DeliveryResult =
  | { readonly kind: 'delivered'; readonly answer?: string }
  | {
      readonly kind: 'failed'
      readonly failure: string
      readonly answer?: string
      /** It will never be taken: no further attempt is made. */
      readonly isFinal?: boolean
    }

type RecordDelivery = {
  readonly id: string
  /** Who took it (see `claimDueDeliveries`). */
  readonly owner: string
  readonly result: DeliveryResult
  /** From 0 to below 1, by chance: spreads the next attempts. */
  readonly chance: number
}

/** Receivers answer with pages; the beginning says enough. */
const CHARACTERS_MAX = 500

/**
 * Records what became of a delivery that was taken. A failure is tried again later, until the last attempt: then it has failed,
 * and that is an alarm of its receiver until nothing of the receiver's has failed. False: it was taken by another since, whose
 * word counts.
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
 * Has everything sent anew that a receiver did not take, as if it had never been tried, and closes its alarm. Returns how many. The
 * caller has asked whether the person may, has locked the receiver, and records who it was. What has failed nobody else locks, so that
 * it may come after the receiver.
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
