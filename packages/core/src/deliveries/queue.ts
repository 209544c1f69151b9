import { DELIVERIES_AT_ONCE_MAX } from '@droplock/rules/events'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Deliveries that are under way to a receiver: claimed, and their claim is not over. */
export const isTaken = sql`state = 'pending' and taken_by is not null and try_after > clock_timestamp()`

/** How many may be sent to a receiver at the same time: one of a receiver that fails. */
export const atOnceMax = (failures: RawBuilder<unknown>) =>
  sql`case when ${failures} = 0 then ${sql.lit(DELIVERIES_AT_ONCE_MAX)} else 1 end`

/**
 * When the next delivery to a receiver can be claimed, null where nothing waits: an expression for a statement that begins after its
 * queue was locked and its deliveries were changed. Where as many as may be are under way, the first end of their claims; a receiver
 * that is left alone is asked when that is over, whatever is sent then; otherwise when the first delivery is due.
 */
export function nextDue(
  receiverId: RawBuilder<unknown>,
  failures: RawBuilder<unknown>,
  notBefore: RawBuilder<unknown>,
): RawBuilder<Date | null> {
  const next = sql`from event_delivery where receiver_id = ${receiverId} and state = 'pending' and not waits`
  return sql`case
    when not exists (select ${next}) then null
    when (select count(*) from event_delivery where receiver_id = ${receiverId} and ${isTaken}) >= ${atOnceMax(failures)}
      then (select min(try_after) from event_delivery where receiver_id = ${receiverId} and ${isTaken})
    when ${notBefore} is not null then ${notBefore}
    else (select min(try_after) ${next}) end`
}

/**
 * Has the first event about each of these subjects that is on its way to a receiver sent next, and those after it wait. One that is being
 * sent is left to its end. The caller holds the receiver's queue. `subjectIds` left out: all that are on their way.
 */
export async function arrange(
  tx: Transaction<Database>,
  receiverId: string,
  subjectIds?: readonly (string | null)[],
): Promise<void> {
  const ids = subjectIds?.filter((id) => id !== null)
  const isAsked = ids === undefined ? sql`subject_id is not null` : sql`subject_id = any (${ids}::uuid[])`
  await sql`
    with placed as (
      select id, row_number() over (partition by subject_id order by position) > 1 as waits
      from event_delivery where receiver_id = ${receiverId} and state = 'pending' and ${isAsked}
    )
    update event_delivery as delivery set waits = placed.waits from placed
    where delivery.id = placed.id and delivery.waits <> placed.waits
      and not (placed.waits and delivery.taken_by is not null and delivery.try_after > clock_timestamp())`.execute(
    tx,
  )
}

/** Notes when the next delivery to a receiver can be claimed, after its deliveries were changed. The caller holds its queue. */
export async function scheduleReceiver(tx: Transaction<Database>, receiverId: string): Promise<void> {
  const due = nextDue(sql.ref('queue.receiver_id'), sql.ref('queue.failures'), sql.ref('queue.not_before'))
  await sql`update receiver_queue as queue set due_at = ${due} where receiver_id = ${receiverId}`.execute(tx)
}

/** Makes everything that can be sent to a receiver due now. The caller holds its queue. */
export async function releaseBacklog(tx: Transaction<Database>, receiverId: string): Promise<void> {
  await sql`
    update event_delivery set try_after = clock_timestamp()
    where receiver_id = ${receiverId} and state = 'pending' and not waits and try_after > clock_timestamp()
      and taken_by is null`.execute(tx)
}

/** Asks a receiver at once, whatever it answered before. The caller holds its queue. */
export async function resumeReceiver(tx: Transaction<Database>, receiverId: string): Promise<void> {
  await sql`update receiver_queue set not_before = null where receiver_id = ${receiverId}`.execute(tx)
  await scheduleReceiver(tx, receiverId)
}
