import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { countChanges, type RunDiff } from './count-changes.ts'

/**
 * What publishing a staged run would do now; what it did, once it is published. Throws Refusal: forbidden,
 * sync_run_not_found.
 */
export async function diffRun(ctx: StaffContext, runId: string): Promise<RunDiff> {
  requirePermission(ctx, 'console:read')
  const run = await ctx.db.selectFrom('sync_run').selectAll().where('id', '=', runId).executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return run.state === 'published' ? publishedDiff(run) : countChanges(ctx.db, run)
}

type Counted = {
  readonly listings_added: number | null
  readonly listings_moved: number | null
  readonly listings_suspected: number | null
  readonly listings_overridden: number | null
  readonly listings_unchanged: number | null
  readonly listings_too_late: number | null
}

function publishedDiff(run: Counted): RunDiff {
  const moved = run.listings_moved ?? 0
  const suspected = run.listings_suspected ?? 0
  const overridden = run.listings_overridden ?? 0
  const unchanged = run.listings_unchanged ?? 0
  return {
    added: run.listings_added ?? 0,
    moved,
    suspected,
    overridden,
    unchanged,
    too_late: run.listings_too_late ?? 0,
    live: moved + suspected + overridden + unchanged,
  }
}
