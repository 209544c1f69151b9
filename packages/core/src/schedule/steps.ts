import { type Kysely, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { armTargets } from '../targets/prepare.ts'

/** Opens every upcoming listing whose opening time has come (rule 5). Returns how many. May run at any time, in several processes. */
export async function openDue(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing where state = 'upcoming' and opens_at <= clock_timestamp()
      order by id for update skip locked
    )
    update listing set state = 'open' from due where listing.id = due.id returning listing.id`.execute(db)
  return rows.length
}

/** Listings closed in one transaction: it must not hold the locks of a day's 100,000 names. */
const CLOSED_PER_BATCH_MAX = 500

type CutOff = { readonly closed: number; readonly armed: number }

/**
 * Closes the open listings whose cut-off has passed and arms the targets of those that are held. One transaction, so that no secured
 * name is closed without a target. Handles one batch; call again while `closed` is not 0. Rule 6.
 *
 * Compared with the time of the statement, not `clock_timestamp()`: only a constant time can be searched by index. What becomes due
 * in the meantime is left to the next sweep. Locked rows are skipped, so the sweep waits for nobody.
 */
export async function closeDue(ctx: Context): Promise<CutOff> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with due as (
        select id from listing where state = 'open' and cutoff_at <= statement_timestamp()
        order by cutoff_at, id limit ${CLOSED_PER_BATCH_MAX} for update skip locked
      )
      update listing set state = 'closed' from due where listing.id = due.id returning listing.id`.execute(tx)
    const armed = await armTargets(
      tx,
      ctx,
      rows.map((row) => row.id),
    )
    return { closed: rows.length, armed }
  })
}

/** Listings ended in one statement; see `CLOSED_PER_BATCH_MAX`. */
const UNSOLD_PER_BATCH_MAX = 2_000

/**
 * Moves the listings that nobody ordered through their drop: `closed → dropping` when it starts, `dropping → unsold` when it is over.
 * The state of a held listing follows its target instead. Returns how many rows changed; call again while it is not 0.
 *
 * The index `listing_unsold_due` finds the few that are due; see `closeDue` for the time.
 */
export async function endUnsold(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing
      where holder is null and state in ('closed', 'dropping')
        and case state when 'closed' then drop_from else drop_to end <= statement_timestamp()
      order by case state when 'closed' then drop_from else drop_to end limit ${UNSOLD_PER_BATCH_MAX} for update skip locked
    )
    update listing set
      state = case listing.state when 'closed' then 'dropping' else 'unsold' end,
      ended_at = case listing.state when 'dropping' then clock_timestamp() end
    from due where listing.id = due.id returning listing.id`.execute(ctx.db)
  return rows.length
}
