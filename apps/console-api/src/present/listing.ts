import type { ScheduleCase } from '@droplock/core/schedule/read'
import { presentMove } from './move.ts'
import { wire } from './wire.ts'

export function presentListingDetail(listing: ScheduleCase) {
  const overrides = listing.overrides.map((override) => ({ ...wire(override), ...presentMove(override) }))
  return { ...wire(listing), overrides }
}
