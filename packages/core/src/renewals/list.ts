import type { RenewalState } from '@droplock/rules/machines/renewal'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, takePage } from '../database/page.ts'
import { type RenewalView, selectRenewals, toRenewalView } from './view.ts'

export type ListRenewals = {
  readonly state?: RenewalState
  /** `id` of the last renewal of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's renewals, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listRenewals(ctx: AccountContext, query: ListRenewals): Promise<Page<RenewalView>> {
  requireScope(ctx, 'backorders:read')
  let select = selectRenewals(ctx)
    .orderBy('renewal.id', 'desc')
    .limit(query.limit + 1)
  if (query.state !== undefined) select = select.where('renewal.state', '=', query.state)
  if (query.after !== undefined) {
    await requireCursor(selectRenewals(ctx).where('renewal.id', '=', query.after))
    select = select.where('renewal.id', '<', query.after)
  }
  const rows = await select.execute()
  return takePage(rows.map(toRenewalView), query.limit, (renewal) => renewal.id)
}
