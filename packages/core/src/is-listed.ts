import { type RawBuilder, sql } from 'kysely'

/** Whether the listing is one that has not ended. Written out: only then does the server see that an index of live listings has it. */
export const isLive: RawBuilder<boolean> = sql<boolean>`listing.state in ('upcoming', 'open', 'closed', 'dropping')`

/**
 * Whether the listing is shown and can be ordered as far as its list is concerned: the gate of the list that added it is open
 * (`sync_run.listed_at`). It is looked up for upcoming listings only; others have passed it (`listing_opens_when_listed`). One without
 * a publication is from before there were gates. `alias` is the listing's table in the statement.
 */
export function isListed(alias = 'listing'): RawBuilder<boolean> {
  const listing = sql.table(alias)
  return sql<boolean>`(${listing}.state <> 'upcoming' or ${listing}.publication_id is null
    or exists (select from sync_run where sync_run.id = ${listing}.publication_id and sync_run.listed_at is not null))`
}
