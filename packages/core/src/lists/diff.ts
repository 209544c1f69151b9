import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { classified, type RunScope } from './classify.ts'

/** What a run does to each name. `overridden`: the list says otherwise, but an operator's move is in force. */
export type ChangeKind = 'added' | 'moved' | 'suspected' | 'overridden' | 'too_late' | 'unchanged'

/**
 * Names by kind; `live`: the live listings the list speaks of. Names that are suspect already and still absent are live, and
 * of no kind.
 */
export type RunDiff = Readonly<Record<ChangeKind, number>> & { readonly live: number }

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

/** Counts the run name by name, as of now. */
export async function countChanges(db: Kysely<Database>, run: RunScope): Promise<RunDiff> {
  const { rows } = await sql<{ kind: string; count: bigint }>`
    select kind, count(*) as count from ${classified(run)} as change group by kind`.execute(db)
  const counts = new Map(rows.map((row) => [row.kind, Number(row.count)]))
  const of = (kind: string) => counts.get(kind) ?? 0
  const [moved, suspected, overridden, unchanged] = [
    of('moved'),
    of('suspected'),
    of('overridden'),
    of('unchanged'),
  ]
  return {
    added: of('added'),
    moved,
    suspected,
    overridden,
    unchanged,
    too_late: of('too_late'),
    live: moved + suspected + overridden + unchanged + of('suspect_already'),
  }
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
