import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import type { RunDiff } from './count-changes.ts'
import { diffRun } from './diff.ts'
import { type RejectCount, rejectCounts } from './reject-counts.ts'
import { type RunView, selectRuns, toRunView, withColumns } from './run-view.ts'

export type RunCase = RunView & {
  readonly diff: RunDiff
  /** Of all rows, the commonest reason first. */
  readonly rejectsByReason: readonly RejectCount[]
}

/** One run with its diff and its rejects by reason. Throws Refusal: forbidden, sync_run_not_found. */
export async function getRun(ctx: StaffContext, id: string): Promise<RunCase> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectRuns(ctx)).where('sync_run.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  const rejectsByReason = rejectCounts(row.rejects_by_reason)
  return { ...toRunView(row), diff: await diffRun(ctx, id), rejectsByReason }
}
