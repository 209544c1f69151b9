import type { ListingState } from '../machines/listing.ts'
import { Refusal } from '../refusals.ts'
import type { MoveFacts, Schedule } from './decide-move.ts'

/** What a preview was computed from. Applying hands it back: a difference is refused with what differs. */
export type Basis = Schedule & {
  readonly version: number
  readonly state: ListingState
  readonly holder: MoveFacts['holder']
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
