import type { StaffContext } from '../context.ts'
import type { RunDiff } from './diff.ts'
import type { RunView } from './list-runs.ts'

export type RunCase = RunView & {
  readonly diff: RunDiff
  readonly rejectsByReason: Readonly<Record<string, number>>
}

/** One run with its diff and its rejects by reason. Throws Refusal: forbidden, sync_run_not_found. */
export async function getRun(ctx: StaffContext, id: string): Promise<RunCase> {
  throw new Error(`not built yet ${String(ctx)} ${id}`)
}
