import type { SourceFailure } from '@droplock/rules/list-sources'
import type { QuarantineReason } from '@droplock/rules/lists'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { JsonValue } from '../database/tables.gen.ts'
import { diffRun, type RunDiff } from './changes.ts'
import { publicationOf } from './open-gate.ts'
import type { Publication } from './publication.ts'

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
  /** What publication did; null before it. */
  readonly counts: Publication | null
  readonly quarantineReasons: readonly QuarantineReason[]
  readonly sourceId: string | null
  readonly purpose: 'listing' | 'observed'
  readonly dryRun: boolean
  /** While the list is fetched, of what arrives; while it is read, of the file. */
  readonly progress: { readonly octetsRead: number; readonly octetsTotal: number | null }
  readonly failure: string | null
  readonly failureCode: SourceFailure | null
  readonly excerpt: string | null
  readonly tries: number
  readonly lastTriedAt: Date | null
  /** Names of people; null for the worker. */
  readonly uploadedBy: string | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
  readonly createdAt: Date
  readonly publishedAt: Date | null
}

function selectRuns(ctx: StaffContext) {
  return ctx.db
    .selectFrom('sync_run')
    .leftJoin('staff_account as uploader', 'uploader.id', 'sync_run.uploaded_by')
    .leftJoin('staff_account as decider', 'decider.id', 'sync_run.decided_by')
}

function withColumns(runs: ReturnType<typeof selectRuns>) {
  return runs.selectAll('sync_run').select(['uploader.name as uploader_name', 'decider.name as decider_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toRunView(row: Row): RunView {
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
    counts: row.state === 'published' ? publicationOf(row) : null,
    // Only `publishOrQuarantine` writes them.
    quarantineReasons: row.quarantine_reasons as QuarantineReason[],
    sourceId: row.source_id,
    purpose: row.purpose,
    dryRun: row.dry_run,
    progress: {
      octetsRead: Number(row.octets_read),
      octetsTotal: row.octets_total === null ? null : Number(row.octets_total),
    },
    failure: row.failure,
    failureCode: row.failure_code,
    excerpt: row.excerpt,
    tries: row.tries,
    lastTriedAt: row.last_tried_at,
    uploadedBy: row.uploader_name,
    decidedBy: row.decider_name,
    decisionReason: row.decision_reason,
    createdAt: row.created_at,
    publishedAt: row.published_at,
  }
}

type RunCase = RunView & {
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

type ListRuns = Paging & {
  readonly sort?: Sorting<'createdAt' | 'publishedAt' | 'rowsRead' | 'source' | 'state'>
  readonly state?: SyncRunState
  readonly registryId?: string
  readonly sourceId?: string
  readonly dryRun?: boolean
  /** Read in [from, to). */
  readonly from?: Date
  readonly to?: Date
  /** A part of the source. */
  readonly q?: string
}

const columns = {
  // Ids are in the order of their creation (UUIDv7).
  createdAt: 'sync_run.id',
  publishedAt: 'sync_run.published_at',
  rowsRead: 'sync_run.rows_read',
  source: 'sync_run.source',
  state: 'sync_run.state',
} as const

/** Sync runs, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRuns(ctx: StaffContext, query: ListRuns): Promise<Listed<RunView>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('sync_run.id', sort.order)
  return readListed(ctx.db, sorted, query, toRunView)
}

function filtered(ctx: StaffContext, query: ListRuns) {
  let matching = selectRuns(ctx)
  if (query.state !== undefined) matching = matching.where('sync_run.state', '=', query.state)
  if (query.registryId !== undefined) matching = matching.where('sync_run.registry_id', '=', query.registryId)
  if (query.sourceId !== undefined) matching = matching.where('sync_run.source_id', '=', query.sourceId)
  if (query.dryRun !== undefined) matching = matching.where('sync_run.dry_run', '=', query.dryRun)
  if (query.from !== undefined) matching = matching.where('sync_run.created_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('sync_run.created_at', '<', query.to)
  if (query.q !== undefined) matching = matching.where('sync_run.source', 'like', `%${escapeLike(query.q)}%`)
  return matching
}

type ListRejects = Paging & { readonly runId: string; readonly reason?: string }

type RunReject = { readonly line: number; readonly raw: string; readonly reason: string }

/** The rows that the reader rejected, in file order. Throws Refusal('forbidden'). */
export async function listRejects(ctx: StaffContext, query: ListRejects): Promise<Listed<RunReject>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db.selectFrom('sync_reject').where('run_id', '=', query.runId)
  if (query.reason !== undefined) matching = matching.where('reason', '=', query.reason)
  return readListed(
    ctx.db,
    matching.select(['line', 'raw', 'reason']).orderBy('line'),
    query,
    (reject) => reject,
  )
}

type RejectCount = { readonly reason: string; readonly count: number }

/** A run's rejects by reason, the commonest first: it shows best what is wrong with the list. */
export function rejectCounts(stored: JsonValue): readonly RejectCount[] {
  if (typeof stored !== 'object' || stored === null) return []
  return Object.entries(stored)
    .map(([reason, count]) => ({ reason, count: Number(count) }))
    .toSorted((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
}
