import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import type { ChangeKind } from './diff.ts'

export type ListChanges = Paging & {
  readonly runId: string
  readonly kind?: ChangeKind
  /** A part of the name. */
  readonly q?: string
}

export type RunChange = {
  readonly name: string
  readonly kind: ChangeKind
  readonly zone: string
  readonly listingId: string | null
  readonly before: Schedule | null
  readonly after: Schedule | null
}

/** The diff of a run name by name, in name order. Throws Refusal: forbidden, sync_run_not_found. */
export async function listChanges(ctx: StaffContext, query: ListChanges): Promise<Listed<RunChange>> {
  throw new Error(`not built yet ${String(ctx)} ${query.runId}`)
}
