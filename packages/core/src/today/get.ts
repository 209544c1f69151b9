import type { BackorderState } from '@droplock/rules/machines/backorder'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { StaffContext } from '../context.ts'
import type { RunView } from '../lists/list-runs.ts'

/** What an operator looks at first. Counts are as of one moment. */
export type Today = {
  readonly at: Date
  readonly listings: Readonly<Record<ListingState, number>>
  readonly backorders: Readonly<Record<BackorderState, number>>
  readonly nextWindows: readonly NextWindow[]
  readonly lastSync: RunView | null
  readonly waiting: {
    readonly quarantinedRuns: number
    readonly proposedRefunds: number
    readonly suspectListings: number
    readonly ambiguousTargets: number
  }
}

/** The listings of one zone whose drop starts at one instant. */
export type NextWindow = {
  readonly zone: string
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly cutoffAt: Date
  readonly listings: number
  readonly held: number
}

/** Throws Refusal('forbidden'). */
export async function getToday(ctx: StaffContext): Promise<Today> {
  throw new Error(`not built yet ${String(ctx)}`)
}
