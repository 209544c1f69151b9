import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import type { StaffContext } from '../context.ts'
import type { CaseView } from './list-cases.ts'
import type { TimelineEntry } from './timeline.ts'

export type Case = CaseView & {
  readonly target: {
    readonly id: string
    readonly state: CatchTargetState
    readonly registryId: string
    readonly decidedCode: number | null
    readonly holderClid: string | null
    readonly priorClid: string | null
    readonly priorCrDate: Date | null
  } | null
  readonly capturedMinor: bigint
  /** What a person may still refund, minor units; 0 while undecided. */
  readonly refundableMinor: bigint
  /** In time order. */
  readonly timeline: readonly TimelineEntry[]
  readonly attemptsTotal: number
}

/** One backorder with all that happened to it. Throws Refusal: forbidden, backorder_not_found. */
export async function getCase(ctx: StaffContext, id: string): Promise<Case> {
  throw new Error(`not built yet ${String(ctx)} ${id}`)
}
