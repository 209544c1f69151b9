import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockFeed } from '../events/feed.ts'
import { arrange, releaseBacklog, resumeReceiver } from './queue.ts'

/** Events per batch: few enough to hold the feed's row for milliseconds. */
const EVENTS_PER_BATCH_MAX = 500

type Recovering = {
  readonly receiverId: string
  readonly accountId: string
  readonly topics: readonly string[] | null
  readonly since: Date
  readonly position: bigint
}

/**
 * Plans one batch of what an account asked to recover: events that its endpoint wants and has not taken. While it goes on nothing is sent
 * there, so that events about a subject are sent in order. Returns whether there was anything to do.
 *
 * It holds the feed, so that no event is numbered meanwhile: each one is either found here, or planned for the endpoint by its numbering.
 */
export async function recoverDeliveries(ctx: Context): Promise<boolean> {
  const { rows } = await sql`select from receiver_queue where recover_since is not null limit 1`.execute(
    ctx.db,
  )
  if (rows.length === 0) return false
  return inTransaction(ctx.db, async (tx) => {
    if ((await lockFeed(tx)) === undefined) return false
    const recovering = await takeRecovering(tx)
    if (recovering === undefined) return false
    const planned = await plan(tx, recovering)
    const { receiverId } = recovering
    await arrange(tx, receiverId, [...new Set(planned.map(({ subjectId }) => subjectId))])
    const last = planned.at(-1)
    if (planned.length === EVENTS_PER_BATCH_MAX && last !== undefined) {
      await tx
        .updateTable('receiver_queue')
        .set({ recover_position: last.position })
        .where('receiver_id', '=', receiverId)
        .execute()
      return true
    }
    await tx
      .updateTable('receiver_queue')
      .set({ recover_since: null, recover_position: null })
      .where('receiver_id', '=', receiverId)
      .execute()
    await releaseBacklog(tx, receiverId)
    await resumeReceiver(tx, receiverId)
    return true
  })
}

async function takeRecovering(tx: Transaction<Database>): Promise<Recovering | undefined> {
  const { rows } = await sql<Recovering>`
    select receiver_id as "receiverId", account_id as "accountId", topics, recover_since as since,
      coalesce(recover_position, 0) as position
    from receiver_queue as queue join event_receiver as receiver on receiver.id = receiver_id
    where recover_since is not null order by recover_since limit 1 for no key update of queue skip locked`.execute(
    tx,
  )
  return rows[0]
}

type Planned = { readonly subjectId: string; readonly position: bigint }

/** The events of the next batch, in order. Those that were delivered, or are on their way, stay as they are. */
async function plan(tx: Transaction<Database>, recovering: Recovering): Promise<readonly Planned[]> {
  const { receiverId, accountId, topics, since, position } = recovering
  const isWanted = topics === null ? sql`true` : sql`topic = any (${[...topics]}::text[])`
  const { rows } = await sql<Planned>`
    with found as materialized (
      select id, subject_id, position from event
      where account_id = ${accountId} and position > ${position} and occurred_at >= ${since}
        and topic <> 'webhook_endpoint.tested' and ${isWanted}
      order by position limit ${EVENTS_PER_BATCH_MAX}
    ), planned as (
      insert into event_delivery as delivery (event_id, receiver_id, subject_id, position, waits)
      select id, ${receiverId}::uuid, subject_id, position, true from found order by position
      on conflict (event_id, receiver_id) do update set state = 'pending', decided_at = null, attempts = 0, taken_by = null,
        first_tried_at = null, try_after = clock_timestamp(), waits = true
      where delivery.state = 'failed'
    )
    select subject_id as "subjectId", position from found order by position`.execute(tx)
  return rows
}
