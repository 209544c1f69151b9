import type { StaffContext } from './context.ts'
import { listRuns, type RunView } from './lists/read.ts'
import { listUnhealthySources, type SourceView } from './sources/read.ts'

/** Sources that need somebody, on the first page; their own page has all. */
const SOURCES_SHOWN_MAX = 5

/** How drop lists come in. Runs that are held back are among what needs attention. */
export type SyncHealth = {
  readonly lastPublished: RunView | null
  /** Runs that are read now, and those that wait for their publication. */
  readonly running: number
  readonly ready: number
  /** Enabled sources, those of them that are late or whose last try failed, and the first of these, late ones first. */
  readonly sources: number
  readonly unhealthySources: number
  readonly unhealthy: readonly SourceView[]
}

/** Throws Refusal('forbidden'). */
export async function readSyncHealth(ctx: StaffContext): Promise<SyncHealth> {
  const published = await listRuns(ctx, {
    state: 'published',
    sort: { field: 'publishedAt', order: 'desc' },
    offset: 0,
    limit: 1,
  })
  const counted = async (state: 'queued' | 'running' | 'ready') =>
    (await listRuns(ctx, { state, offset: 0, limit: 1 })).total
  const { enabled, unhealthy } = await listUnhealthySources(ctx)
  return {
    lastPublished: published.items[0] ?? null,
    running: (await counted('queued')) + (await counted('running')),
    ready: await counted('ready'),
    sources: enabled,
    unhealthySources: unhealthy.length,
    unhealthy: unhealthy.slice(0, SOURCES_SHOWN_MAX),
  }
}
