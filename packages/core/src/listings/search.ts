import type { ListingState } from '@droplock/rules/machines/listing'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import { type Page, requireCursor, takePage } from '../database/page.ts'
import { type ListingView, selectListings, toListingView } from './view.ts'

export type SearchListings = {
  /** A part of the name, as an A-label. */
  readonly q?: string
  readonly zone?: string
  readonly state?: ListingState
  readonly order: 'cutoff' | 'name'
  readonly after?: string
  readonly limit: number
}

/**
 * Listings with the caller's price, soonest cut-off or name first, in keyset pages. Throws Refusal: insufficient_scope,
 * invalid_cursor.
 */
export async function searchListings(ctx: AccountContext, query: SearchListings): Promise<Page<ListingView>> {
  requireScope(ctx, 'listings:read')
  let select = selectListings(ctx).limit(query.limit + 1)
  if (query.after !== undefined) {
    await requireCursor(ctx.db.selectFrom('listing').select('id').where('id', '=', query.after))
  }
  if (query.q !== undefined) select = select.where('listing.name', 'like', `%${escapeLike(query.q)}%`)
  if (query.zone !== undefined) select = select.where('listing.zone', '=', query.zone)
  if (query.state !== undefined) select = select.where('listing.state', '=', query.state)
  if (query.order === 'name') {
    select = select.orderBy('listing.name').orderBy('listing.id')
    if (query.after !== undefined) {
      select = select.where(sql<boolean>`(listing.name, listing.id) > (
        select name, id from listing where id = ${query.after})`)
    }
  } else {
    select = select.orderBy('listing.cutoff_at').orderBy('listing.id')
    if (query.after !== undefined) {
      select = select.where(sql<boolean>`(listing.cutoff_at, listing.id) > (
        select cutoff_at, id from listing where id = ${query.after})`)
    }
  }
  const rows = await select.execute()
  return takePage(rows.map(toListingView), query.limit, (listing) => listing.id)
}
