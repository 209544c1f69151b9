import { DELIVERY_WAIT_DAYS_MAX } from '@droplock/rules/events'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import type { ReceiverKind } from '@droplock/rules/notifications'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { clearAlarms, raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Raises the alarm `event_undelivered` of receivers, with the facts for each receiver's id. A receiver that was disabled meanwhile gets
 * none. The receivers stay locked, so that `clearUndelivered` does not close the alarm at the same time.
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
      .filter(({ disabled_at: disabledAt }) => disabledAt === null)
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

/** After deliveries and before their alarm. Not FOR UPDATE, for which planning deliveries would wait. */
function lockReceivers(tx: Transaction<Database>, ids: readonly string[]) {
  return tx
    .selectFrom('event_receiver')
    .select(['id', 'kind', 'address', 'disabled_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/** A sender that can send them has had time by then. */
const WAITED_SECONDS = 60

/**
 * Raises the alarm `event_undelivered` of each receiver of these kinds whose deliveries wait because nobody sends them. They lose no
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
    where receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[]) and delivery.state = 'pending'
      and delivery.try_after < statement_timestamp() - make_interval(secs => ${WAITED_SECONDS})
    group by receiver.id`.execute(ctx.db)
  if (rows.length === 0) return
  const facts = new Map(rows.map(({ id, waiting }) => [id, { waiting, failure }]))
  await inTransaction(ctx.db, (tx) => raiseUndelivered(tx, ctx, facts))
}

/** Deliveries per batch: few enough to hold the locks for milliseconds. */
const DELIVERIES_PER_BATCH_MAX = 500

const isOverdue = sql`
  delivery.try_after < statement_timestamp() - make_interval(days => ${DELIVERY_WAIT_DAYS_MAX})`

/**
 * Gives up one batch of deliveries that will not be sent: those to disabled receivers, and those that nobody has claimed for
 * `DELIVERY_WAIT_DAYS_MAX`, which raises the receiver's alarm. Locked ones are skipped. Returns how many; 0 when nothing is left.
 */
export async function giveUpDeliveries(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const disabled = await giveUp(tx, sql`receiver.disabled_at is not null`, 'the receiver was disabled')
    const overdue = await giveUp(tx, isOverdue, `nothing sent it for ${DELIVERY_WAIT_DAYS_MAX} days`)
    const facts = new Map(overdue.map(({ receiverId, ...last }) => [receiverId, last]))
    if (overdue.length > 0) await raiseUndelivered(tx, ctx, facts)
    return disabled.length + overdue.length
  })
}

type GivenUp = { readonly receiverId: string; readonly eventId: string; readonly failure: string }

async function giveUp(
  tx: Transaction<Database>,
  condition: RawBuilder<unknown>,
  failure: string,
): Promise<readonly GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    with hopeless as (
      select delivery.id from event_delivery as delivery join event_receiver as receiver on receiver.id = receiver_id
      where delivery.state = 'pending' and ${condition}
      limit ${DELIVERIES_PER_BATCH_MAX} for update of delivery skip locked
    )
    update event_delivery as delivery set state = ${next(deliveryMachine, 'pending', 'give_up')},
      decided_at = clock_timestamp(), failure = ${failure}
    from hopeless where delivery.id = hopeless.id
    returning receiver_id as "receiverId", event_id as "eventId", failure`.execute(tx)
  return rows
}
