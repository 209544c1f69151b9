import { decidePlacement, requireExpectedPrice } from '@droplock/rules/backorders'
import type { Money } from '@droplock/rules/money'
import type { Transaction } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { placementFacts, readTerms, type Terms } from '../listings/read-terms.ts'
import { type LockedListing, lockListingByName } from '../locks.ts'
import { claimName } from './claim.ts'
import { claimListing, type HeldBackorder, type SecuredBackorder } from './claim-listing.ts'
import { holdListing } from './hold-listing.ts'
import type { OrderFields } from './order-fields.ts'
import { payFromBalance } from './pay-from-balance.ts'

/** The result of an order by each payment method. */
export type Placed = { readonly balance: SecuredBackorder; readonly card: HeldBackorder }

/** `payment` is required in the contract, so that other methods can be added without changing a default. */
export type PlaceBackorder<Payment extends keyof Placed = 'balance'> = OrderFields & {
  readonly name: string
  readonly payment: Payment
  /** The order is refused at any other price. */
  readonly expectedPrice?: Money | undefined
}

/**
 * Orders a name for the caller's account. From the balance: submit and pay are one transaction, so the first to commit holds
 * the name. By card: the name is held for it until `payBy`. Rules 1, 2, 3, 6. Throws Refusal: insufficient_scope,
 * listing_not_found, listing_not_open_yet, cutoff_passed, listing_closed, name_premium, name_reserved, name_suspect,
 * zone_disabled, already_yours, name_taken, price_unavailable, price_changed, try_again; insufficient_balance; hold_not_available, hold_too_late,
 * hold_limit_reached.
 */
export async function placeBackorder<Payment extends keyof Placed>(
  ctx: AccountContext,
  { name, payment, expectedPrice, ...order }: PlaceBackorder<Payment>,
): Promise<Placed[Payment]> {
  requireScope(ctx, 'backorders:write')
  if (payment === 'balance') {
    const claimed = await claimName(ctx, { name, expectedPrice, ...order })
    if (claimed !== undefined) return claimed as Placed[Payment]
  }
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListingByName(tx, name)
    const terms = await readTerms(tx, listing, ctx.actor)
    decidePlacement(placementFacts(listing, terms), terms.now)
    requireExpectedPrice({ priceMinor: terms.priceMinor, currency: ctx.actor.currency }, expectedPrice)
    return placeBy[payment](tx, ctx, listing, terms, order)
  })
}

type Place<Result> = (
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  terms: Terms,
  order: OrderFields,
) => Promise<Result>

const placeBy: { readonly [Payment in keyof Placed]: Place<Placed[Payment]> } = {
  balance: claimAndPay,
  card: holdListing,
}

async function claimAndPay(
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  { priceMinor }: Terms,
  order: OrderFields,
): Promise<SecuredBackorder> {
  const { accountId, currency } = ctx.actor
  const claim = { ...order, accountId, currency, priceMinor }
  const { claimedAt, ...claimed } = await claimListing(tx, ctx, listing, claim)
  const backorder = { ...claimed, state: 'backordered', securedAt: claimedAt } as const
  await payFromBalance(tx, ctx, backorder)
  return backorder
}
