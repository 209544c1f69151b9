import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { type ListingView, selectListings, toListingView } from './view.ts'

/** The newest cycle of a name. Throws Refusal: insufficient_scope, listing_not_found. */
export async function getListing(ctx: AccountContext, name: string): Promise<ListingView> {
  requireScope(ctx, 'listings:read')
  const row = await selectListings(ctx)
    .where('listing.name', '=', name)
    .orderBy('listing.cycle', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return toListingView(row)
}
