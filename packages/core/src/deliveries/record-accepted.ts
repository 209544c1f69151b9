import { ATTEMPTS_KEPT_MAX } from '@droplock/rules/events'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockReceiverQueue, lockReceivers } from '../receiver-locks.ts'
import type { DueDelivery } from './claim-due.ts'
import { type Answered, brief, isDue } from './internal.ts'
import { nextDue, releaseBacklog } from './queue.ts'
import { clearUndelivered } from './undelivered.ts'

type Accepted = Answered & { readonly id: string; readonly durationMs: number }

type RecordAccepted = {
  /** The sender that claimed them (see `claimDueDeliveries`). */
  readonly owner: string
  readonly receiver: DueDelivery['receiver']
  /** What the receiver accepted; at most one delivery about a subject, as the next one waits for it. */
  readonly accepted: readonly Accepted[]
}

/**
 * Records what one receiver has accepted, in one transaction: transactions of the same receiver follow one another, so that each result
 * by itself would bound how many events it gets in a second. `counted`: those that no other sender has claimed since.
 */
export async function recordAccepted(
  ctx: Context,
  { receiver, owner, accepted }: RecordAccepted,
): Promise<{ readonly counted: ReadonlySet<string>; readonly isMoreDue: boolean }> {
  return inTransaction(ctx.db, async (tx) => {
    // In lock order, before its queue: its alarm may be changed.
    if (receiver.accountId === null) await lockReceivers(tx, [receiver.id])
    const queue = await lockReceiverQueue(tx, receiver.id)
    const counted = await accept(tx, queue, owner, accepted)
    if (counted.size === 0) return { counted, isMoreDue: false }
    if (receiver.accountId === null) await clearUndelivered(tx, ctx, receiver.id)
    return { counted, isMoreDue: await isDue(tx, receiver.id) }
  })
}

type Queue = Awaited<ReturnType<typeof lockReceiverQueue>>

async function accept(
  tx: Transaction<Database>,
  queue: Queue,
  owner: string,
  accepted: readonly Accepted[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from unnest(
        ${accepted.map(({ id }) => id)}::uuid[], ${accepted.map(({ durationMs }) => durationMs)}::integer[],
        ${accepted.map(({ status }) => status ?? null)}::integer[],
        ${accepted.map(({ answer }) => brief(answer))}::text[]) as given (id, duration_ms, status, answer)
    ), accepted as (
      update event_delivery as delivery set state = ${next(deliveryMachine, 'pending', 'accept')}, decided_at = clock_timestamp(),
        answer = given.answer, failure = null
      from given where delivery.id = given.id and taken_by = ${owner} and state = 'pending'
      returning delivery.id, subject_id, given.duration_ms, given.status, given.answer
    ), numbered as (
      select accepted.*, (select coalesce(max(number), 0) + 1 from delivery_attempt where delivery_id = accepted.id) as number
      from accepted
    ), logged as (
      insert into delivery_attempt (delivery_id, number, attempted_at, duration_ms, status, answer)
      select id, number, clock_timestamp() - duration_ms * interval '1 millisecond', duration_ms, status, answer from numbered
    ), forgotten as (
      delete from delivery_attempt as attempt using numbered
      where delivery_id = numbered.id and attempt.number <= numbered.number - ${ATTEMPTS_KEPT_MAX}
    ), followed as (
      update event_delivery set waits = false where waits and id in (
        select distinct on (following.subject_id) following.id
        from accepted join event_delivery as following on following.subject_id = accepted.subject_id
        where following.receiver_id = ${queue.receiver_id} and following.state = 'pending' and following.id <> accepted.id
        order by following.subject_id, following.position)
    )
    select id from accepted`.execute(tx)
  const counted = new Set(rows.map(({ id }) => id))
  if (counted.size === 0) return counted
  if (queue.not_before !== null) await releaseBacklog(tx, queue.receiver_id)
  await sql`
    update receiver_queue set failures = 0, failing_since = null, not_before = null, delivered_at = clock_timestamp(),
      due_at = ${nextDue(sql`${queue.receiver_id}::uuid`, sql`0`, sql`null::timestamptz`)}
    where receiver_id = ${queue.receiver_id}`.execute(tx)
  return counted
}
