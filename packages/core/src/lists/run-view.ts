import type { QuarantineReason } from '@droplock/rules/lists/decide-quarantine'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import type { StaffContext } from '../context.ts'

export type RunView = {
  readonly id: string
  readonly registryId: string
  readonly source: string
  readonly format: string
  /** Lower-case hex; empty until the whole list was read. */
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
  /** Names of people; null for the worker. */
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

export function selectRuns(ctx: StaffContext) {
  return ctx.db
    .selectFrom('sync_run')
    .leftJoin('staff_account as uploader', 'uploader.id', 'sync_run.uploaded_by')
    .leftJoin('staff_account as decider', 'decider.id', 'sync_run.decided_by')
}

export function withColumns(runs: ReturnType<typeof selectRuns>) {
  return runs.selectAll('sync_run').select(['uploader.name as uploader_name', 'decider.name as decider_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toRunView(row: Row): RunView {
  return {
    id: row.id,
    registryId: row.registry_id,
    source: row.source,
    format: row.format,
    contentSha256: row.content_sha256.toString('hex'),
    scope: { kind: row.scope_kind, zones: row.scope_zones, from: row.scope_from, to: row.scope_to },
    state: row.state,
    rowsRead: row.rows_read,
    rowsRejected: row.rows_rejected,
    truncated: row.truncated,
    counts: row.state === 'published' ? countsOf(row) : null,
    // Only `settleRun` writes them, with these words.
    quarantineReasons: row.quarantine_reasons as QuarantineReason[],
    failure: row.failure,
    uploadedBy: row.uploader_name,
    decidedBy: row.decider_name,
    decisionReason: row.decision_reason,
    createdAt: row.created_at,
    publishedAt: row.published_at,
  }
}

function countsOf(row: Row): RunCounts {
  return {
    added: row.listings_added ?? 0,
    moved: row.listings_moved ?? 0,
    suspected: row.listings_suspected ?? 0,
    overridden: row.listings_overridden ?? 0,
    unchanged: row.listings_unchanged ?? 0,
    tooLate: row.listings_too_late ?? 0,
  }
}
