import type { AccountContext } from '../context.ts'
import { type ListingView, selectListings, toListingView } from '../listings/view.ts'

/** A name that the caller watches, with its newest listing if it was ever listed. */
export type WatchView = {
  readonly name: string
  readonly createdAt: Date
  readonly listing: ListingView | null
}

type WatchRow = { readonly name: string; readonly created_at: Date }

/** The caller's watched names with their newest listings, in the order given. */
export async function viewWatches(
  ctx: AccountContext,
  rows: readonly WatchRow[],
): Promise<readonly WatchView[]> {
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
