import type { QuarantineFacts, QuarantineLimits } from '@droplock/rules/lists'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { LockedRun } from '../locks.ts'
import type { RunDiff } from './changes.ts'
import { rejectCounts } from './read.ts'

/** Lists that show what is usual: a week of daily ones. The median is used, so that one unusual day does not count. */
const RUNS_COMPARED_MAX = 7

/** What decides whether a run is quarantined, with its registry's limits. */
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
