import { type AccountContext, requireScope } from '../context.ts'
import { type Page, takePage, unknownCursor } from '../database/page.ts'
import { viewWatches, type WatchView } from './view.ts'

/** What a watched name looks like (RFC 5890 §2.3.1). It may have been taken off the list since its page was read. */
const watchable = /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/

export type ListWatches = {
  /** The last name of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's watched names with their newest listings, by name. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listWatches(ctx: AccountContext, query: ListWatches): Promise<Page<WatchView>> {
  requireScope(ctx, 'backorders:read')
  let select = ctx.db
    .selectFrom('watch')
    .select(['name', 'created_at'])
    .where('account_id', '=', ctx.actor.accountId)
    .orderBy('name')
    .limit(query.limit + 1)
  if (query.after !== undefined) {
    if (!watchable.test(query.after)) throw unknownCursor()
    select = select.where('name', '>', query.after)
  }
  return takePage(await viewWatches(ctx, await select.execute()), query.limit, (watch) => watch.name)
}
