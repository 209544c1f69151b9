import type { SuspectFacts } from '@droplock/rules/confirmations'
import { type RawBuilder, sql } from 'kysely'

/** What decides about a suspect, as it is read with the question. */
export type SuspectRow = {
  readonly listingId: string
  readonly suspicion: number
  readonly name: string
  readonly ourClids: readonly string[]
  readonly listedAt: Date
  readonly suspectSince: Date
  readonly dropTo: Date
  readonly priorCrDate: Date | null
}

/**
 * The columns of a `SuspectRow`, of a confirmation joined with listing and zone. The registration that is to be deleted is known from
 * an earlier answer, or from the preparation of its target.
 */
export const suspectColumns: RawBuilder<unknown> = sql`
  listing.id as "listingId", confirmation.suspicion, listing.name,
  array(select clid from registry_account where registry_id = zone.registry_id) as "ourClids",
  listing.created_at as "listedAt", confirmation.opened_at as "suspectSince", listing.drop_to as "dropTo",
  coalesce(
    (select prior_cr_date from catch_target where backorder_id = listing.holder),
    (select min(cr_date) from confirmation_answer as answer
      where answer.listing_id = listing.id and answer.verdict = 'pending_delete')) as "priorCrDate"`

export function suspectFacts(row: SuspectRow): SuspectFacts {
  const { name, ourClids, listedAt, suspectSince, dropTo, priorCrDate } = row
  const common = { name, ourClids: new Set(ourClids), listedAt, suspectSince, dropTo }
  return priorCrDate === null ? common : { ...common, priorCrDate }
}
