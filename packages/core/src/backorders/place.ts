import { decidePlacement } from '@droplock/rules/backorders/decide-placement'
import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListingByName } from '../listings/lock.ts'
import { placementFacts, readTerms } from '../listings/read-terms.ts'
import { payFromBalance } from './pay-from-balance.ts'
import type { SecuredBackorder } from './secured.ts'
import { takeListing } from './take-listing.ts'

/** `payment` is explicit in the contract, so that other methods can join without changing what silence means. */
export type PlaceBackorder = {
  readonly name: string
  readonly payment: 'balance'
}

/**
 * Secures a name for the caller's account, paid from its balance: submit and pay are one transaction, so the first to
 * commit holds the name. Rules 1, 2, 3, 6. Throws Refusal: insufficient_scope, listing_not_found, listing_not_open_yet,
 * cutoff_passed, listing_closed, name_premium, name_reserved, name_suspect, zone_disabled, name_taken,
 * price_unavailable, insufficient_balance, try_again.
 */
export async function placeBackorder(ctx: AccountContext, order: PlaceBackorder): Promise<SecuredBackorder> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListingByName(tx, order.name)
    const terms = await readTerms(tx, listing, ctx.actor.currency)
    decidePlacement(placementFacts(listing, terms), terms.now)
    const backorder = await takeListing(tx, ctx, listing, terms.priceMinor)
    await payFromBalance(tx, ctx, backorder)
    return backorder
  })
}
