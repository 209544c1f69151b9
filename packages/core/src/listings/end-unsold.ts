import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** Listings ended in one statement, for the same reason as at cut-off. */
const LISTINGS_PER_BATCH_MAX = 2_000

/**
 * Moves the listings that nobody ordered through their drop: `closed → dropping` when it starts, `dropping → unsold` when
 * it is over. A held listing follows its target instead. Returns how many rows changed; call again while not 0.
 *
 * No window begins before its cut-off, so the index by cut-off finds the few that may be due; see `closeDue` for the time.
 */
export async function endUnsold(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing
      where holder is null and state in ('closed', 'dropping') and cutoff_at <= statement_timestamp()
        and case state when 'closed' then drop_from else drop_to end <= statement_timestamp()
      order by cutoff_at, id limit ${LISTINGS_PER_BATCH_MAX} for update skip locked
    )
    update listing set
      state = case listing.state when 'closed' then 'dropping' else 'unsold' end,
      ended_at = case listing.state when 'dropping' then clock_timestamp() end
    from due where listing.id = due.id returning listing.id`.execute(ctx.db)
  return rows.length
}
