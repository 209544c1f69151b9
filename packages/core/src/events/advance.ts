import { topicTable } from '@droplock/rules/events/topics'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockFeed } from './lock.ts'
import { EVENTS_CHANNEL } from './wake.ts'

/** Events of one round; what is left is numbered in the next, so that the row of the feed is held for milliseconds. */
const EVENTS_PER_ROUND_MAX = 500

/**
 * Gives positions to events that are committed and have none, in the order in which they occurred, and plans their deliveries to
 * the receivers that want them. Returns how many were numbered; 0 also where another is numbering at the moment. Not in a
 * transaction: the feed's row is held until the commit, and that it is makes the positions visible in their order (ADR 12).
 */
export async function advanceFeed(ctx: Context): Promise<number> {
  if (!(await isAnyUnnumbered(ctx))) return 0
  return inTransaction(ctx.db, async (tx) => {
    const feed = await lockFeed(tx)
    if (feed === undefined) return 0
    // A second statement on purpose: it sees everything that the numberer before has committed.
    const { rows } = await sql<{ numbered: number }>`
      with fresh as (
        select id, row_number() over (order by occurred_at, id) as place
        from (select id, occurred_at from event where position is null
          order by occurred_at, id limit ${EVENTS_PER_ROUND_MAX}) as oldest
      ), numbered as (
        update event set position = ${feed.lastPosition}::bigint + place from fresh where event.id = fresh.id
        returning event.id, topic, account_id, data
      ), planned as (
        insert into event_delivery (event_id, receiver_id)
        select numbered.id, receiver.id from numbered join event_receiver as receiver on ${isWanted}
      ), moved as (
        update event_feed set last_position = last_position + (select count(*) from numbered)
      )
      select count(*)::integer as numbered from numbered`.execute(tx)
    const numbered = rows[0]?.numbered ?? 0
    // By the one who numbers, and not by each writer: the commits of those who notify wait for each other on one lock.
    if (numbered > 0) await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(tx)
    return numbered
  })
}

const alarmTopics = Object.entries(topicTable).flatMap(([topic, of]) => (of === 'alarm' ? [topic] : []))

/** A receiver of no account gets what it wants of every account. An alarm about a receiver is not sent to that receiver: it would never end. */
const isWanted = sql`receiver.disabled_at is null
  and numbered.topic = any (receiver.topics)
  and (receiver.account_id is null or receiver.account_id = numbered.account_id)
  and (numbered.topic <> all (${sql.lit(`{${alarmTopics.join(',')}}`)}::text[])
    or ((receiver.alarm_kinds is null or numbered.data ->> 'kind' = any (receiver.alarm_kinds))
      and (numbered.data ->> 'kind' <> 'event_undelivered' or numbered.data ->> 'subject' <> receiver.id::text)))`

/** Asked before the feed is locked: a lock writes a page, and most looks find nothing. */
async function isAnyUnnumbered(ctx: Context): Promise<boolean> {
  const { rows } = await sql`select from event where position is null limit 1`.execute(ctx.db)
  return rows.length > 0
}
