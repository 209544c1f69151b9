import { type AccountContext, requireScope } from '../context.ts'
import { type Page, takePage } from '../database/page.ts'
import { viewWatches, type WatchView } from './view.ts'

export type ListWatches = {
  /** The last name of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's watched names with their newest listings, by name. Throws Refusal('insufficient_scope'). */
export async function listWatches(ctx: AccountContext, query: ListWatches): Promise<Page<WatchView>> {
  requireScope(ctx, 'backorders:read')
  let select = ctx.db
    .selectFrom('watch')
    .select(['name', 'created_at'])
    .where('account_id', '=', ctx.actor.accountId)
    .orderBy('name')
    .limit(query.limit + 1)
  if (query.after !== undefined) select = select.where('name', '>', query.after)
  return takePage(await viewWatches(ctx, await select.execute()), query.limit, (watch) => watch.name)
}
