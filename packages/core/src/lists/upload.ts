import type { StaffContext } from '../context.ts'
import type { RunSettlement } from './settle.ts'
import type { StagedRun, StageList } from './stage.ts'

export type UploadList = StageList & {
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

export type Upload = { readonly run: StagedRun; readonly settlement: RunSettlement }

/**
 * Stages an uploaded list and settles it by the rules of the automatic path. Throws Refusal: forbidden, try_again; and what
 * the reader throws, which leaves the run `failed`.
 */
export async function uploadList(ctx: StaffContext, list: UploadList): Promise<Upload> {
  throw new Error(`not built yet ${String(ctx)} ${list.source}`)
}
