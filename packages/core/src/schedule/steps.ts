import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { armTargets } from '../targets/prepare.ts'

/** Listings that a sweep changes in one transaction where its caller does not say how many. An order for one of them waits for it. */
const LISTINGS_PER_BATCH = 500

/**
 * Opens upcoming listings whose opening time has come and whose list is listed (rule 5), one batch of one list. No order waits for it:
 * an order opens the name that it takes. Returns how many, at most `listingsMax`; call again while it is not 0. May run at any time, in
 * several processes: locked rows are skipped.
 *
 * Compared with the time of the statement; see `closeDue`. The few lists that still have names to open are found first, so that names
 * of a list that is being published cost nothing.
 */
export async function openDue(db: Kysely<Database>, listingsMax = LISTINGS_PER_BATCH): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as materialized (
      select id from (
        select listing.id from sync_run as run cross join lateral ${firstDue(sql`publication_id = run.id`, listingsMax)} as listing
        where run.listed_at is not null and run.opened_at is null
        union all
        select id from ${firstDue(sql`publication_id is null`, listingsMax)} as older
      ) as each limit ${listingsMax}
    )
    update listing set state = 'open' from due where listing.id = due.id returning listing.id`.execute(db)
  if (rows.length < listingsMax) await noteOpened(db)
  return rows.length
}

function firstDue(ofList: RawBuilder<unknown>, listingsMax: number): RawBuilder<unknown> {
  return sql`(select id from listing where state = 'upcoming' and ${ofList} and opens_at <= statement_timestamp()
    order by opens_at limit ${listingsMax} for update skip locked)`
}

/** Lists that have no name left to open are not looked at again. */
async function noteOpened(db: Kysely<Database>): Promise<void> {
  await sql`
    update sync_run set opened_at = clock_timestamp()
    where listed_at is not null and opened_at is null
      and not exists (select from listing where state = 'upcoming' and publication_id = sync_run.id)`.execute(
    db,
  )
}

type CutOff = { readonly closed: number; readonly armed: number }

/**
 * Closes the open listings whose cut-off has passed and arms the targets of those that are held. One transaction, so that no secured
 * name is closed without a target. Handles at most `listingsMax`; call again while `closed` is not 0. Rule 6.
 *
 * Compared with the time of the statement, not `clock_timestamp()`: only a constant time can be searched by index. What becomes due
 * in the meantime is left to the next sweep. Locked rows are skipped, so the sweep waits for nobody.
 */
export async function closeDue(ctx: Context, listingsMax = LISTINGS_PER_BATCH): Promise<CutOff> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with due as (
        select id from listing where state = 'open' and cutoff_at <= statement_timestamp()
        order by cutoff_at, id limit ${listingsMax} for update skip locked
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

/**
 * Moves the listings that nobody ordered through their drop: `closed → dropping` when it starts, `dropping → unsold` when it is over.
 * The state of a held listing follows its target instead. Returns how many rows changed, at most
 * `listingsMax`; call again while it is not 0.
 *
 * The index `listing_unsold_due` finds the few that are due; see `closeDue` for the time.
 */
export async function endUnsold(ctx: Context, listingsMax = LISTINGS_PER_BATCH): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing
      where holder is null and state in ('closed', 'dropping')
        and case state when 'closed' then drop_from else drop_to end <= statement_timestamp()
      order by case state when 'closed' then drop_from else drop_to end limit ${listingsMax} for update skip locked
    )
    update listing set
      state = case listing.state when 'closed' then 'dropping' else 'unsold' end,
      ended_at = case listing.state when 'dropping' then clock_timestamp() end
    from due where listing.id = due.id returning listing.id`.execute(ctx.db)
  return rows.length
}
