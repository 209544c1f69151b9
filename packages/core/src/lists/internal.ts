import type { QuarantineFacts, QuarantineLimits } from '@droplock/rules/lists'
import { Refusal } from '@droplock/rules/refusals'
import type { DropRule } from '@droplock/rules/schedule/drop-window'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedRun } from '../locks.ts'
import type { RunDiff } from './changes.ts'
import { rejectCounts } from './read.ts'

/** What of a run decides which names it speaks of. */
export type RunScope = {
  readonly id: string
  readonly scope_kind: 'snapshot' | 'increment'
  readonly scope_zones: readonly string[]
  readonly scope_from: string | null
  readonly scope_to: string | null
}

/** Throws Refusal('sync_run_not_publishable') unless the run is in this state. */
export function requireState(run: LockedRun, state: LockedRun['state']): void {
  if (run.state === state) return
  throw new Refusal('sync_run_not_publishable', `This sync run is ${run.state}.`, { state: run.state })
}

export type ZoneDropRule = DropRule & { readonly cutoffLeadSeconds: number }

/** The drop rule of every zone that a registry serves, by zone. */
export async function readDropRules(
  db: Kysely<Database>,
  registryId: string,
): Promise<ReadonlyMap<string, ZoneDropRule>> {
  const zones = await db.selectFrom('zone').selectAll().where('registry_id', '=', registryId).execute()
  return new Map(
    zones.map((zone) => [
      zone.name,
      {
        timeZone: zone.drop_time_zone,
        startsAt: zone.drop_starts_at,
        lastsSeconds: zone.drop_lasts_seconds,
        earlySeconds: zone.early_seconds,
        lateSeconds: zone.late_seconds,
        cutoffLeadSeconds: zone.cutoff_lead_seconds,
      },
    ]),
  )
}

/** The zones a registry serves, disabled ones too: disabling stops orders, not lists (rule 6). */
export async function readServedZones(ctx: Context, registryId: string): Promise<ReadonlySet<string>> {
  const zones = await ctx.db.selectFrom('zone').select('name').where('registry_id', '=', registryId).execute()
  return new Set(zones.map((zone) => zone.name))
}

/** Lists that tell what is usual: a week of daily ones. Their median, so that one odd day does not count. */
const RUNS_COMPARED_MAX = 7

/** What decides whether a run is held back, and its registry's limits. */
export async function readQuarantineFacts(
  tx: Transaction<Database>,
  run: LockedRun,
  diff: RunDiff,
): Promise<{ readonly facts: QuarantineFacts; readonly limits: QuarantineLimits }> {
  const registry = await tx
    .selectFrom('registry')
    .select(['suspected_percent_max', 'moved_percent_max', 'rows_percent_min'])
    .where('id', '=', run.registry_id)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ usual: number | null }>`
    select percentile_disc(0.5) within group (order by accepted) as usual from (
      select rows_read - rows_rejected as accepted from sync_run
      where registry_id = ${run.registry_id} and format = ${run.format} and scope_kind = ${run.scope_kind}
        and state = 'published'
      order by published_at desc limit ${RUNS_COMPARED_MAX}) as earlier`.execute(tx)
  const facts = {
    rows: run.rows_read - run.rows_rejected,
    tooLate: diff.too_late,
    brokeOff: brokeOff(run),
    rowsUsual: rows[0]?.usual ?? null,
    live: diff.live,
    moved: diff.moved,
    suspected: diff.suspected,
  }
  const limits = {
    suspectedPercentMax: registry.suspected_percent_max,
    movedPercentMax: registry.moved_percent_max,
    rowsPercentMin: registry.rows_percent_min,
  }
  return { facts, limits }
}

function brokeOff({ truncated, rejects_by_reason }: LockedRun): QuarantineFacts['brokeOff'] {
  if (!truncated) return null
  return rejectCounts(rejects_by_reason).some(({ reason }) => reason === 'beyond_limits')
    ? 'beyond_limits'
    : 'truncated'
}
