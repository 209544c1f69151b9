import { requirePermission, type StaffContext } from '../context.ts'
import { type RunSettlement, settleRun } from './settle.ts'
import { type StagedRun, type StageList, stageList } from './stage.ts'

type UploadList = Omit<StageList, 'uploadedBy'> & {
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

export type Upload = { readonly run: StagedRun; readonly settlement: RunSettlement }

/**
 * Stages an uploaded list and settles it by the rules of the automatic path. Throws Refusal: forbidden, try_again; and what
 * the reader throws, or the signal's reason when it aborts, which leave the run `failed` and nothing published.
 */
export async function uploadList(ctx: StaffContext, list: UploadList): Promise<Upload> {
  requirePermission(ctx, 'syncs:upload')
  const run = await stageList(ctx, { ...list, uploadedBy: ctx.actor })
  const { opensAt, signal } = list
  const settlement = await settleRun(ctx, { runId: run.id, opensAt, by: ctx.actor, signal })
  return { run, settlement }
}
