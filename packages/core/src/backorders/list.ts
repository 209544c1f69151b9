import type { BackorderState } from '@droplock/rules/machines/backorder'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, takePage } from '../database/page.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './view.ts'

export type ListBackorders = {
  readonly state?: BackorderState
  readonly name?: string
  /** `id` of the last backorder of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's backorders, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listBackorders(
  ctx: AccountContext,
  query: ListBackorders,
): Promise<Page<BackorderView>> {
  requireScope(ctx, 'backorders:read')
  let select = selectBackorders(ctx)
    .orderBy('backorder.id', 'desc')
    .limit(query.limit + 1)
  if (query.state !== undefined) select = select.where('backorder.state', '=', query.state)
  if (query.name !== undefined) select = select.where('backorder.name', '=', query.name)
  if (query.after !== undefined) {
    await requireCursor(selectBackorders(ctx).where('backorder.id', '=', query.after))
    select = select.where('backorder.id', '<', query.after)
  }
  const rows = await select.execute()
  return takePage(rows.map(toBackorderView), query.limit, (backorder) => backorder.id)
}
