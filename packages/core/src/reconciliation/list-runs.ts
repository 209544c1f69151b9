import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'

export type ReconciliationRun = {
  readonly id: string
  readonly cause: 'daily' | 'command'
  readonly startedAt: Date
  /** Null: under way. */
  readonly finishedAt: Date | null
  /** What could not be read. */
  readonly failure: string | null
  readonly provider: string | null
  readonly providerFrom: Date | null
  readonly providerTo: Date | null
  readonly movements: number
  readonly entries: number
  readonly findings: number
  readonly unmatched: number
}

/** The runs, newest first. Throws Refusal('forbidden'). */
export async function listReconciliationRuns(
  ctx: StaffContext,
  page: Paging,
): Promise<Listed<ReconciliationRun>> {
  requirePermission(ctx, 'console:read')
  const runs = ctx.db.selectFrom('reconciliation_run').selectAll().orderBy('id', 'desc')
  return readListed(runs, page, (row) => ({
    id: row.id,
    cause: row.cause,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    failure: row.failure,
    provider: row.provider,
    providerFrom: row.provider_from,
    providerTo: row.provider_to,
    movements: row.movements,
    entries: row.entries,
    findings: row.findings,
    unmatched: row.unmatched,
  }))
}
