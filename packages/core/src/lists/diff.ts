import type { StaffContext } from '../context.ts'

/** What a run does to each name. `overridden`: the list says otherwise, but an operator's move is in force. */
export type ChangeKind = 'added' | 'moved' | 'suspected' | 'overridden' | 'too_late' | 'unchanged'

/** Counts by kind, and the live listings the list speaks of. */
export type RunDiff = Readonly<Record<ChangeKind, number>> & { readonly live: number }

/**
 * What publishing a staged run would do now; what it did, once it is published. Throws Refusal: forbidden,
 * sync_run_not_found.
 */
export async function diffRun(ctx: StaffContext, runId: string): Promise<RunDiff> {
  throw new Error(`not built yet ${String(ctx)} ${runId}`)
}
