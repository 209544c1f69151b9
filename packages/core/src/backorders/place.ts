import { decidePlacement } from '@droplock/rules/backorders'
import type { Transaction } from 'kysely'
import { findOrderContacts, type NamedContacts, type OrderContacts } from '../account-contacts/of-orders.ts'
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
export type PlaceBackorder<Payment extends keyof Placed = 'balance'> = OrderFields &
  NamedContacts & {
    readonly name: string
    readonly payment: Payment
  }

/**
 * Orders a name for the caller's account. From the balance: submit and pay are one transaction, so the first to commit holds
 * the name. By card: the name is held for it until `payBy`. Rules 1, 2, 3, 6. Throws Refusal: insufficient_scope,
 * listing_not_found, listing_not_open_yet, cutoff_passed, listing_closed, name_premium, name_reserved, name_suspect,
 * zone_disabled, already_yours, name_taken, price_unavailable, try_again; insufficient_balance; hold_not_available, hold_too_late,
 * hold_limit_reached; contact_not_found.
 */
export async function placeBackorder<Payment extends keyof Placed>(
  ctx: AccountContext,
  { name, payment, contactId, roleContacts, ...fields }: PlaceBackorder<Payment>,
): Promise<Placed[Payment]> {
  requireScope(ctx, 'backorders:write')
  const named = { ...(contactId !== undefined && { contactId }), ...(roleContacts && { roleContacts }) }
  const order = { ...fields, registerTo: await findOrderContacts(ctx, named) }
  if (payment === 'balance') {
    const claimed = await claimName(ctx, { name, ...order })
    if (claimed !== undefined) return claimed as Placed[Payment]
  }
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListingByName(tx, name)
    const terms = await readTerms(tx, listing, ctx.actor)
    decidePlacement(placementFacts(listing, terms), terms.now)
    return placeBy[payment](tx, ctx, listing, terms, order)
  })
}

type Order = OrderFields & { readonly registerTo: OrderContacts }

type Place<Result> = (
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  terms: Terms,
  order: Order,
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
  order: Order,
): Promise<SecuredBackorder> {
  const { accountId, currency } = ctx.actor
  const claim = { ...order, accountId, currency, priceMinor }
  const { claimedAt, ...claimed } = await claimListing(tx, ctx, listing, claim)
  const backorder = { ...claimed, state: 'backordered', securedAt: claimedAt } as const
  await payFromBalance(tx, ctx, backorder)
  return backorder
}
