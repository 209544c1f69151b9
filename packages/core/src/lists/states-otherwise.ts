import { type RawBuilder, sql } from 'kysely'

/** What lists say of a listing's schedule: its own, or what an operator's override stands in front of. */
const listedSchedule = sql`(coalesce(listing.listed_cutoff_at, listing.cutoff_at),
  coalesce(listing.listed_drop_from, listing.drop_from), coalesce(listing.listed_drop_to, listing.drop_to))`

/** Whether a row of the list states another schedule than lists did before. Of `listing` and of `row`, the list's row. */
export function statesOtherwise(): RawBuilder<boolean> {
  return sql<boolean>`${listedSchedule} is distinct from (row.cutoff_at, row.drop_from, row.drop_to)`
}
