import { DELIVERY_WAIT_DAYS_MAX } from '@droplock/rules/events'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import type { ReceiverKind } from '@droplock/rules/notifications'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { clearAlarms, raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockReceiverQueue, lockReceivers } from '../receiver-locks.ts'
import { arrange, scheduleReceiver } from './queue.ts'

/**
 * Raises the alarm `event_undelivered` of operators' receivers, with the facts for each receiver's id; of accounts' endpoints it raises
 * none. Nor of a receiver that was disabled meanwhile. The receivers stay locked, so that `clearUndelivered` does not close the alarm at
 * the same time.
 */
export async function raiseUndelivered(
  tx: Transaction<Database>,
  ctx: Context,
  factsOf: ReadonlyMap<string, JsonObject>,
): Promise<void> {
  const receivers = await lockReceivers(tx, [...factsOf.keys()])
  await raiseAlarms(
    { ...ctx, db: tx },
    receivers
      .filter(
        ({ account_id: accountId, disabled_at: disabledAt }) => accountId === null && disabledAt === null,
      )
      .map(({ id, kind, address }) => ({
        kind: 'event_undelivered',
        subject: id,
        facts: { kind, address, ...factsOf.get(id) },
      })),
  )
}

/**
 * Closes the alarm of a receiver when no failed delivery is left there. Usually no alarm is open, and then the receiver is not locked.
 */
export async function clearUndelivered(
  tx: Transaction<Database>,
  ctx: Context,
  receiverId: string,
): Promise<void> {
  const { rows } = await sql`
    select from alarm where kind = 'event_undelivered' and subject = ${receiverId} and closed_at is null`.execute(
    tx,
  )
  if (rows.length === 0) return
  await lockReceivers(tx, [receiverId])
  // A statement of its own, so that it sees what was given up under the lock before this one.
  const failed = await tx
    .selectFrom('event_delivery')
    .select('id')
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'failed')
    .limit(1)
    .executeTakeFirst()
  if (failed === undefined)
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: receiverId }])
}

/** A sender that can send them has had time by then. */
const WAITED_SECONDS = 60

/**
 * Raises the alarm `event_undelivered` of each operators' receiver of these kinds whose deliveries wait because nobody sends them. They lose no
 * attempt, and are given up in the end (see `giveUpDeliveries`). The alarm closes with the first delivery, unless one has failed.
 */
export async function raiseUnsendable(
  ctx: Context,
  kinds: readonly ReceiverKind[],
  failure: string,
): Promise<void> {
  const { rows } = await sql<{ id: string; waiting: number }>`
    select receiver.id, count(*)::integer as waiting
    from event_receiver as receiver join event_delivery as delivery on delivery.receiver_id = receiver.id
    where receiver.account_id is null and receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[]) and delivery.state = 'pending'
      and delivery.try_after < statement_timestamp() - make_interval(secs => ${WAITED_SECONDS})
    group by receiver.id`.execute(ctx.db)
  if (rows.length === 0) return
  const facts = new Map(rows.map(({ id, waiting }) => [id, { waiting, failure }]))
  await inTransaction(ctx.db, (tx) => raiseUndelivered(tx, ctx, facts))
}

/** An operators' receiver that has failed for so long is an alarm, long before anything is given up. Minutes. */
const FAILING_MINUTES_MAX = 60

/** Raises the alarm `event_undelivered` of each operators' receiver that takes nothing. It closes with the first delivery, unless one has failed. */
export async function raiseFailing(ctx: Context): Promise<void> {
  const { rows } = await sql<{ id: string; failingSince: Date }>`
    select receiver.id, failing_since as "failingSince"
    from receiver_queue as queue join event_receiver as receiver on receiver.id = receiver_id
    where failures > 0 and failing_since < statement_timestamp() - make_interval(mins => ${FAILING_MINUTES_MAX})
      and receiver.account_id is null and receiver.disabled_at is null
      and not exists (select from alarm where kind = 'event_undelivered' and subject = receiver.id::text and closed_at is null)`.execute(
    ctx.db,
  )
  if (rows.length === 0) return
  const facts = new Map(
    rows.map(({ id, failingSince }) => [id, { failing_since: failingSince.toISOString() }]),
  )
  await inTransaction(ctx.db, (tx) => raiseUndelivered(tx, ctx, facts))
}

/** Deliveries per batch: few enough to hold the locks for milliseconds. */
const DELIVERIES_PER_BATCH_MAX = 500

const isOverdue = sql`
  try_after < statement_timestamp() - make_interval(days => ${DELIVERY_WAIT_DAYS_MAX})`

/**
 * Gives up one batch of deliveries to one receiver that will not be sent: those to a disabled receiver, or those that nobody has claimed
 * for `DELIVERY_WAIT_DAYS_MAX`, which raises the alarm of an operators' receiver. Returns how many; 0 when nothing is left.
 */
export async function giveUpDeliveries(ctx: Context): Promise<number> {
  const pending = sql`select from event_delivery where receiver_id = receiver.id and state = 'pending'`
  const { rows } = await sql<{ id: string; isDisabled: boolean }>`
    select id, disabled_at is not null as "isDisabled" from event_receiver as receiver
    where case when disabled_at is not null then exists (${pending}) else exists (${pending} and not waits and ${isOverdue}) end
    order by id limit 1`.execute(ctx.db)
  const [receiver] = rows
  if (receiver === undefined) return 0
  return inTransaction(ctx.db, async (tx) => {
    const [locked] = await lockReceivers(tx, [receiver.id])
    await lockReceiverQueue(tx, receiver.id)
    const isDisabled = locked?.disabled_at !== null
    const [condition, failure] = isDisabled
      ? [sql`true`, 'the receiver was disabled']
      : [isOverdue, `nothing sent it for ${DELIVERY_WAIT_DAYS_MAX} days`]
    const given = await giveUp(tx, receiver.id, condition, failure)
    const last = given.at(-1)
    if (last === undefined) return 0
    await arrange(tx, receiver.id, [...new Set(given.map(({ subjectId }) => subjectId))])
    await scheduleReceiver(tx, receiver.id)
    const facts = { eventId: last.eventId, failure }
    if (!isDisabled) await raiseUndelivered(tx, ctx, new Map([[receiver.id, facts]]))
    return given.length
  })
}

type GivenUp = { readonly eventId: string; readonly subjectId: string | null }

async function giveUp(
  tx: Transaction<Database>,
  receiverId: string,
  condition: RawBuilder<unknown>,
  failure: string,
): Promise<readonly GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    with hopeless as (
      select id from event_delivery where receiver_id = ${receiverId} and state = 'pending' and ${condition}
      order by position limit ${DELIVERIES_PER_BATCH_MAX}
    )
    update event_delivery as delivery set state = ${next(deliveryMachine, 'pending', 'give_up')}, waits = false,
      decided_at = clock_timestamp(), failure = ${failure}
    from hopeless where delivery.id = hopeless.id
    returning event_id as "eventId", subject_id as "subjectId"`.execute(tx)
  return rows
}

/**
 * Finds receivers to which something can be sent although their queue does not say when, as after a worker of the release before planned
 * it: then the queue says so. Returns how many.
 */
export async function scheduleForgotten(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select receiver.id from event_receiver as receiver left join receiver_queue as queue on queue.receiver_id = receiver.id
    where receiver.disabled_at is null and queue.due_at is null
      and exists (select from event_delivery where receiver_id = receiver.id and state = 'pending')`.execute(
    ctx.db,
  )
  for (const { id } of rows)
    await inTransaction(ctx.db, async (tx) => {
      await lockReceiverQueue(tx, id)
      await arrange(tx, id)
      await scheduleReceiver(tx, id)
    })
  return rows.length
}
