import type { StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'

export type ListRejects = Paging & { readonly runId: string; readonly reason?: string }

export type RunReject = { readonly line: number; readonly raw: string; readonly reason: string }

/** The rows a reader refused, in file order. Throws Refusal('forbidden'). */
export async function listRejects(ctx: StaffContext, query: ListRejects): Promise<Listed<RunReject>> {
  throw new Error(`not built yet ${String(ctx)} ${query.runId}`)
}
