import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'

export type ListRejects = Paging & { readonly runId: string; readonly reason?: string }

export type RunReject = { readonly line: number; readonly raw: string; readonly reason: string }

/** The rows a reader refused, in file order. Throws Refusal('forbidden'). */
export async function listRejects(ctx: StaffContext, query: ListRejects): Promise<Listed<RunReject>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db.selectFrom('sync_reject').where('run_id', '=', query.runId)
  if (query.reason !== undefined) matching = matching.where('reason', '=', query.reason)
  return readListed(matching.select(['line', 'raw', 'reason']).orderBy('line'), query, (reject) => reject)
}
