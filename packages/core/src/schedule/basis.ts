import type { MoveFacts, Schedule } from '@droplock/rules/listings/decide-move'
import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import type { Facts } from '../audit/canonical.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedListing } from '../listings/lock.ts'

/** What a preview was computed from. Applying hands it back: a difference is refused with what differs. */
export type Basis = Schedule & {
  readonly version: number
  readonly state: ListingState
  readonly holder: MoveFacts['holder']
}

/** All that deciding a move reads, besides the listing itself. */
export type Surroundings = {
  readonly holder: MoveFacts['holder']
  readonly cutoffLeadSeconds: number
  readonly now: Date
}

/** Read after the listing's lock where the move is applied: who holds a locked listing does not change. */
export async function readSurroundings(db: Kysely<Database>, listing: LockedListing): Promise<Surroundings> {
  const row = await db
    .selectFrom('zone')
    .leftJoin('backorder', (join) => join.on('backorder.id', '=', listing.holder))
    .select(['backorder.state', 'zone.cutoff_lead_seconds', sql<Date>`clock_timestamp()`.as('now')])
    .where('zone.name', '=', listing.zone)
    .executeTakeFirstOrThrow()
  const holder = row.state === null ? 'none' : row.state === 'pending_payment' ? 'unpaid' : 'secured'
  return { holder, cutoffLeadSeconds: row.cutoff_lead_seconds, now: row.now }
}

export function basisOf(listing: LockedListing, { holder }: Surroundings): Basis {
  return { version: listing.version, state: listing.state, holder, ...scheduleOf(listing) }
}

export function scheduleOf(listing: LockedListing): Schedule {
  return { cutoffAt: listing.cutoff_at, dropFrom: listing.drop_from, dropTo: listing.drop_to }
}

/** What lists say of the listing: its own schedule unless an override stands in front of it. */
export function listedScheduleOf(listing: LockedListing): Schedule {
  return {
    cutoffAt: listing.listed_cutoff_at ?? listing.cutoff_at,
    dropFrom: listing.listed_drop_from ?? listing.drop_from,
    dropTo: listing.listed_drop_to ?? listing.drop_to,
  }
}

/** A schedule in the words of the audit. */
export function scheduleFacts({ cutoffAt, dropFrom, dropTo }: Schedule): Facts {
  return { cutoff_at: cutoffAt, drop_from: dropFrom, drop_to: dropTo }
}

/**
 * Throws Refusal('listing_changed') when the listing is not the one the preview saw. Its facts are `changed` (the fields, in
 * words of the API) and for each `…_seen` and `…_now`.
 */
export function requireBasis(seen: Basis, now: Basis): void {
  if (seen.version === now.version) return
  const before = basisFacts(seen)
  const after = basisFacts(now)
  const changed = Object.keys(after).filter((field) => before[field] !== after[field])
  const facts: Record<string, string | number> = { changed: changed.join(', ') }
  for (const field of changed) {
    facts[`${field}_seen`] = before[field] ?? ''
    facts[`${field}_now`] = after[field] ?? ''
  }
  throw new Refusal('listing_changed', 'The listing changed since you looked at it. Look again.', facts)
}

function basisFacts(basis: Basis): Record<string, string | number> {
  return {
    version: basis.version,
    state: basis.state,
    holder: basis.holder,
    cutoff_at: basis.cutoffAt.toISOString(),
    drop_from: basis.dropFrom.toISOString(),
    drop_to: basis.dropTo.toISOString(),
  }
}
