import { decidePlacement } from '@droplock/rules/backorders'
import type { Transaction } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { placementFacts, readTerms, type Terms } from '../listings/read-terms.ts'
import { type LockedListing, lockListingByName } from '../locks.ts'
import { claimName } from './claim.ts'
import { claimListing, type HeldBackorder, type SecuredBackorder } from './claim-listing.ts'
import { holdListing } from './hold-listing.ts'
import { payFromBalance } from './pay-from-balance.ts'

/** What comes of an order by each way to pay. */
export type Placed = { readonly balance: SecuredBackorder; readonly card: HeldBackorder }

/** `payment` is explicit in the contract, so that other methods can join without changing what silence means. */
export type PlaceBackorder<Payment extends keyof Placed = 'balance'> = {
  readonly name: string
  readonly payment: Payment
}

/**
 * Orders a name for the caller's account. From the balance: submit and pay are one transaction, so the first to commit holds
 * the name. By card: the name is held for it until `payBy`. Rules 1, 2, 3, 6. Throws Refusal: insufficient_scope,
 * listing_not_found, listing_not_open_yet, cutoff_passed, listing_closed, name_premium, name_reserved, name_suspect,
 * zone_disabled, already_yours, name_taken, price_unavailable, try_again; insufficient_balance; hold_not_available, hold_too_late,
 * hold_limit_reached.
 */
export async function placeBackorder<Payment extends keyof Placed>(
  ctx: AccountContext,
  order: PlaceBackorder<Payment>,
): Promise<Placed[Payment]> {
  requireScope(ctx, 'backorders:write')
  if (order.payment === 'balance') {
    const claimed = await claimName(ctx, order.name)
    if (claimed !== undefined) return claimed as Placed[Payment]
  }
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListingByName(tx, order.name)
    const terms = await readTerms(tx, listing, ctx.actor)
    decidePlacement(placementFacts(listing, terms), terms.now)
    return ways[order.payment](tx, ctx, listing, terms)
  })
}

type Way<Result> = (
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  terms: Terms,
) => Promise<Result>

const ways: { readonly [Payment in keyof Placed]: Way<Placed[Payment]> } = {
  balance: takeAndPay,
  card: holdListing,
}

async function takeAndPay(
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  { priceMinor }: Terms,
): Promise<SecuredBackorder> {
  const { accountId, currency } = ctx.actor
  const { claimedAt, ...claimed } = await claimListing(tx, ctx, listing, { accountId, currency, priceMinor })
  const backorder = { ...claimed, state: 'backordered', securedAt: claimedAt } as const
  await payFromBalance(tx, ctx, backorder)
  return backorder
}
