import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from './context.ts'
import { violated } from './database/errors.ts'
import { type Page, toPage, unknownCursor } from './database/page.ts'
import { inTransaction } from './database/transaction.ts'
import { type ListingView, selectListings, toListingView } from './listings/read.ts'

/** A name that the caller watches, with its newest listing if it was ever listed. */
export type WatchView = {
  readonly name: string
  readonly createdAt: Date
  readonly listing: ListingView | null
}

type WatchRow = { readonly name: string; readonly created_at: Date }

/** The caller's watched names with their newest listings, in the order given. */
async function viewWatches(ctx: AccountContext, rows: readonly WatchRow[]): Promise<readonly WatchView[]> {
  if (rows.length === 0) return []
  const names = rows.map(({ name }) => name)
  const listings = await selectListings(ctx)
    .distinctOn('listing.name')
    .where('listing.name', 'in', names)
    .orderBy('listing.name')
    .orderBy('listing.cycle', 'desc')
    .execute()
  const byName = new Map(listings.map((row) => [row.name, toListingView(row)]))
  return rows.map(({ name, created_at: createdAt }) => ({
    name,
    createdAt,
    listing: byName.get(name) ?? null,
  }))
}

/**
 * Adds a name to the watch list of the caller's account, whether it is listed or not. A name that is on the list stays as it is. Throws Refusal:
 * insufficient_scope, watch_limit_reached, try_again.
 */
export async function watchName(ctx: AccountContext, name: string): Promise<WatchView> {
  requireScope(ctx, 'backorders:write')
  const { accountId } = ctx.actor
  return inTransaction(ctx.db, async (tx) => {
    // Where the row exists the update changes nothing and only makes the statement return it.
    const row = await tx
      .insertInto('watch')
      .values({ account_id: accountId, name })
      .onConflict((conflict) => conflict.constraint('one_watch_per_name').doUpdateSet({ name }))
      .returning(['name', 'created_at'])
      .executeTakeFirstOrThrow()
    const [view] = await viewWatches({ ...ctx, db: tx }, [row])
    return view ?? { name, createdAt: row.created_at, listing: null }
  }).catch(refuseBeyondLimit)
}

function refuseBeyondLimit(error: unknown): never {
  if (!violated(error, 'watches_within_limit')) throw error
  throw new Refusal('watch_limit_reached', 'Remove a name from the watch list first.')
}

/** Removes a name from the caller's watch list; nothing happens where it is not on the list. Throws Refusal('insufficient_scope'). */
export async function unwatchName(ctx: AccountContext, name: string): Promise<void> {
  requireScope(ctx, 'backorders:write')
  await ctx.db
    .deleteFrom('watch')
    .where('account_id', '=', ctx.actor.accountId)
    .where('name', '=', name)
    .execute()
}

/** The form of a watched name (RFC 5890 §2.3.1). It may have been removed from the list since its page was read. */
const watchable = /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/

export type ListWatches = {
  /** Only this name, if it is watched. */
  readonly name?: string | undefined
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
  if (query.name !== undefined) select = select.where('name', '=', query.name)
  if (query.after !== undefined) {
    if (!watchable.test(query.after)) throw unknownCursor()
    select = select.where('name', '>', query.after)
  }
  return toPage(await viewWatches(ctx, await select.execute()), query.limit, (watch) => watch.name)
}
