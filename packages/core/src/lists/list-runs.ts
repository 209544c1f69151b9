import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type RunView, selectRuns, toRunView, withColumns } from './run-view.ts'

export type ListRuns = Paging & {
  readonly sort?: Sorting<'createdAt' | 'publishedAt' | 'rowsRead' | 'source' | 'state'>
  readonly state?: SyncRunState
  readonly registryId?: string
  /** A part of the source. */
  readonly q?: string
}

const columns = {
  createdAt: 'sync_run.created_at',
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
  return readListed(sorted, query, toRunView)
}

function filtered(ctx: StaffContext, query: ListRuns) {
  let matching = selectRuns(ctx)
  if (query.state !== undefined) matching = matching.where('sync_run.state', '=', query.state)
  if (query.registryId !== undefined) matching = matching.where('sync_run.registry_id', '=', query.registryId)
  if (query.q !== undefined) matching = matching.where('sync_run.source', 'like', `%${escapeLike(query.q)}%`)
  return matching
}
