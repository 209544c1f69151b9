import { requirePermission, type StaffContext } from '../context.ts'
import { recordObserved } from './observe.ts'
import { publishOrQuarantine, type RunResult } from './publish-or-quarantine.ts'
import { type StagedRun, type StageList, stageList } from './stage.ts'

type UploadList = Omit<StageList, 'uploadedBy'> & {
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
  /** Made once the list is staged; when it aborts, the answer is due and a worker completes the publication. */
  readonly answerBy?: () => AbortSignal
}

export type Upload = {
  readonly run: StagedRun
  /** `compared`: a dry run. `observed`: its names were deleted, and are recorded. */
  readonly settlement: RunResult | { readonly kind: 'compared' } | { readonly kind: 'observed' }
}

/**
 * Stages an uploaded list and publishes or quarantines it, as the worker does with the lists that it fetches; a dry run is compared
 * only. Throws Refusal:
 * forbidden, try_again; and what the reader throws, or the signal's reason when it aborts: then the run is `failed` and nothing is
 * published.
 */
export async function uploadList(ctx: StaffContext, list: UploadList): Promise<Upload> {
  requirePermission(ctx, 'syncs:upload')
  const run = await stageList(ctx, { ...list, uploadedBy: ctx.actor })
  if (list.isDryRun === true) return { run, settlement: { kind: 'compared' } }
  if (list.purpose === 'observed') {
    await recordObserved(ctx, run.id)
    return { run, settlement: { kind: 'observed' } }
  }
  const { opensAt, signal } = list
  const answerBy = list.answerBy?.()
  const settlement = await publishOrQuarantine(ctx, {
    runId: run.id,
    opensAt,
    by: ctx.actor,
    signal,
    answerBy,
  })
  return { run, settlement }
}
