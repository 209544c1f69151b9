import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { Basis } from '@droplock/rules/listings/require-basis'
import type { Facts } from '../audit/facts.ts'
import type { LockedListing } from '../listings/lock.ts'
import type { Surroundings } from './read-surroundings.ts'

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
