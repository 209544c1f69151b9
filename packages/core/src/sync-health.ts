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
  const rows = await ctx.db
    .selectFrom('sync_run')
    .where('state', 'in', ['queued', 'running', 'ready'])
    .groupBy('state')
    .select(({ fn }) => ['state', fn.countAll<bigint>().as('count')])
    .execute()
  const counted = (...states: readonly string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + Number(count), 0)
  const { enabled, unhealthy } = await listUnhealthySources(ctx)
  return {
    lastPublished: published.items[0] ?? null,
    running: counted('queued', 'running'),
    ready: counted('ready'),
    sources: enabled,
    unhealthySources: unhealthy.length,
    unhealthy: unhealthy.slice(0, SOURCES_SHOWN_MAX),
  }
}
