import type { QuarantineReason } from '@droplock/rules/lists/decide-quarantine'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'

export type RunView = {
  readonly id: string
  readonly registryId: string
  readonly source: string
  readonly format: string
  readonly contentSha256: string
  readonly scope: {
    readonly kind: 'snapshot' | 'increment'
    readonly zones: readonly string[]
    readonly from: string | null
    readonly to: string | null
  }
  readonly state: SyncRunState
  readonly rowsRead: number
  readonly rowsRejected: number
  readonly truncated: boolean
  /** What publication did; null before. */
  readonly counts: RunCounts | null
  readonly quarantineReasons: readonly QuarantineReason[]
  readonly failure: string | null
  readonly uploadedBy: string | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
  readonly createdAt: Date
  readonly publishedAt: Date | null
}

export type RunCounts = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly overridden: number
  readonly unchanged: number
  readonly tooLate: number
}

export type ListRuns = Paging & {
  readonly sort?: Sorting<'createdAt' | 'publishedAt' | 'rowsRead' | 'source' | 'state'>
  readonly state?: SyncRunState
  readonly registryId?: string
  /** A part of the source. */
  readonly q?: string
}

/** Sync runs, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRuns(ctx: StaffContext, query: ListRuns): Promise<Listed<RunView>> {
  throw new Error(`not built yet ${String(ctx)} ${query.limit}`)
}
