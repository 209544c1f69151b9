import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

/** Events per round: few enough to keep its locks and its share of the write-ahead log small. */
const EVENTS_PER_ROUND_MAX = 1_000

/**
 * Deletes numbered events that occurred more than `days` ago, with their deliveries, but none that is still to be delivered to an
 * enabled receiver. Records how far it came, so that a reader who was away for longer is refused. Returns how many.
 */
export async function pruneEvents(ctx: Context, days: number): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ pruned: number }>`
      with old as (
        select id from event
        where position is not null and occurred_at < statement_timestamp() - make_interval(days => ${days})
          and not exists (select from event_delivery as delivery join event_receiver as receiver on receiver.id = receiver_id
            where event_id = event.id and delivery.state = 'pending' and receiver.disabled_at is null)
        order by occurred_at limit ${EVENTS_PER_ROUND_MAX} for update skip locked
      ), gone as (
        delete from event using old where event.id = old.id returning position
      ), moved as (
        update event_feed set pruned_position = greatest(pruned_position, (select max(position) from gone))
        where exists (select from gone)
      )
      select count(*)::integer as pruned from gone`.execute(tx)
    return rows[0]?.pruned ?? 0
  })
}
