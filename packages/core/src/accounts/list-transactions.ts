import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, takePage } from '../database/page.ts'
import { selectTransactions, type Transaction, toTransaction } from './transaction-view.ts'

export type ListTransactions = {
  /** `id` of the last transaction of the page before. */
  readonly after?: string
  readonly limit: number
}

/**
 * The caller's account statement, newest first: every posting on its balance. The id is the cause's own (a backorder, a
 * renewal, a refund, a receipt); UUIDv7, so it sorts by time and pages stay stable while new lines arrive. Throws
 * Refusal: insufficient_scope, invalid_cursor.
 */
export async function listTransactions(
  ctx: AccountContext,
  query: ListTransactions,
): Promise<Page<Transaction>> {
  requireScope(ctx, 'balance:read')
  let select = selectTransactions(ctx.db, ctx.actor.accountId)
    .orderBy('posting.cause_id', 'desc')
    .limit(query.limit + 1)
  if (query.after !== undefined) {
    const lines = selectTransactions(ctx.db, ctx.actor.accountId)
    await requireCursor(lines.where('posting.cause_id', '=', query.after))
    select = select.where('posting.cause_id', '<', query.after)
  }
  const rows = await select.execute()
  return takePage(rows.map(toTransaction), query.limit, (transaction) => transaction.id)
}
