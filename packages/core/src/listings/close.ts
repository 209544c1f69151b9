import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { armTargets } from '../targets/arm.ts'

/** Listings closed in one transaction: a day of 100,000 names must not hold their locks in one. */
const LISTINGS_PER_BATCH_MAX = 500

export type CutOff = { readonly closed: number; readonly armed: number }

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
        order by cutoff_at, id limit ${LISTINGS_PER_BATCH_MAX} for update skip locked
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
