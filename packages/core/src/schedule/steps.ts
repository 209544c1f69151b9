import { type Kysely, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { armTargets } from '../targets/prepare.ts'

/** Opens every upcoming listing whose time has come (rule 5). Returns how many. Safe to run at any time, in any number. */
export async function openDue(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing where state = 'upcoming' and opens_at <= clock_timestamp()
      order by id for update skip locked
    )
    update listing set state = 'open' from due where listing.id = due.id returning listing.id`.execute(db)
  return rows.length
}

/** Listings closed in one transaction: a day of 100,000 names must not hold their locks in one. */
const CLOSED_PER_BATCH_MAX = 500

type CutOff = { readonly closed: number; readonly armed: number }

/**
 * Closes the open listings whose cut-off has passed, and arms the targets of those that are held: one step, so that no
 * secured name can be closed and forgotten. Handles one batch; call again while `closed` is not 0. Rule 6.
 *
 * By the time the statement began, not `clock_timestamp()`: an index can be searched by a time that stands still, and what
 * falls due meanwhile is the next sweep's. Rows that somebody holds are skipped, so their order locks nobody out.
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

/** Listings ended in one statement, for the same reason as at cut-off. */
const UNSOLD_PER_BATCH_MAX = 2_000

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
      order by cutoff_at, id limit ${UNSOLD_PER_BATCH_MAX} for update skip locked
    )
    update listing set
      state = case listing.state when 'closed' then 'dropping' else 'unsold' end,
      ended_at = case listing.state when 'dropping' then clock_timestamp() end
    from due where listing.id = due.id returning listing.id`.execute(ctx.db)
  return rows.length
}
