import { decidePlacement, requireExpectedPrice } from '@droplock/rules/backorders'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { findOrderContacts } from '../account-contacts/of-orders.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import type { GivenAnswer, KeyedRequest } from '../idempotency/keyed-request.ts'
import { placementFacts, readTerms, type Terms } from '../listings/read-terms.ts'
import { type LockedListing, lockListingByName } from '../locks.ts'
import { ofSubAccount } from '../own-orders.ts'
import { claimName, claimNameOnce } from './claim.ts'
import { claimListing, type HeldBackorder, type SecuredBackorder } from './claim-listing.ts'
import { type CardOrder, holdListing } from './hold-listing.ts'
import type { NamedOrder, ResolvedOrder } from './order-fields.ts'
import { payFromBalance } from './pay-from-balance.ts'
import { readPlacedAnswer } from './placed-answer.ts'

/** The result of an order by each payment method. */
export type Placed = { readonly balance: SecuredBackorder; readonly card: HeldBackorder }

/** `payment` is required in the contract, so that other methods can be added without changing a default. */
export type PlaceBackorder<Payment extends keyof Placed = 'balance'> = NamedOrder & {
  readonly payment: Payment
  /** By card: where the payer's browser is sent afterwards. */
  readonly returnUrl?: string | undefined
}

/**
 * Orders a name for the caller's account. From the balance: submit and pay are one transaction, so the first to commit holds
 * the name. By card: the name is held for it until `payBy`. Rules 1, 2, 3, 6. Throws Refusal: insufficient_scope,
 * listing_not_found, listing_not_open_yet, cutoff_passed, listing_closed, name_premium, name_reserved, name_suspect,
 * zone_disabled, already_yours, name_taken, price_unavailable, price_changed, try_again; insufficient_balance, sub_account_limit_reached, sub_account_not_found; hold_not_available, hold_too_late,
 * hold_limit_reached; contact_not_found.
 */
export async function placeBackorder<Payment extends keyof Placed>(
  ctx: AccountContext,
  { payment, returnUrl, ...named }: PlaceBackorder<Payment>,
): Promise<Placed[Payment]> {
  requireScope(ctx, 'backorders:write')
  const order = await resolveContacts(ctx, ofSubAccount(ctx, named))
  if (payment === 'balance') {
    const claimed = await claimName(ctx, order)
    if (claimed !== undefined) return claimed as Placed[Payment]
  }
  return placeCarefully(ctx, { ...order, returnUrl }, payment)
}

/**
 * Orders a name from the balance once for the request's Idempotency-Key. Throws Refusal: those of `placeBackorder`, request_in_progress,
 * idempotency_key_reused. ADR 23.
 */
export async function placeOnce(
  ctx: AccountContext,
  wanted: NamedOrder,
  request: KeyedRequest,
): Promise<GivenAnswer> {
  requireScope(ctx, 'backorders:write')
  const named = ofSubAccount(ctx, wanted)
  // A contact that was deleted since must not keep a repetition from its answer: below it is refused after the key was looked up.
  const order = await resolveContacts(ctx, named).catch(ifRefused)
  const claimed = order && (await claimNameOnce(ctx, order, request))
  if (claimed !== undefined) return { ...claimed, replayed: false }
  return answerOnce(ctx, request, async (within) => {
    const { id } = await placeCarefully(within, await resolveContacts(within, named), 'balance')
    return readPlacedAnswer(within.db, id)
  })
}

function ifRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

/** With the latest versions of the contacts that it names. Throws Refusal('contact_not_found'). */
export async function resolveContacts(
  ctx: AccountContext,
  { contactId, roleContacts, ...order }: NamedOrder,
): Promise<ResolvedOrder> {
  if (contactId === undefined && roleContacts === undefined) return order
  const named = { ...(contactId !== undefined && { contactId }), ...(roleContacts && { roleContacts }) }
  return { ...order, registerTo: await findOrderContacts(ctx, named) }
}

/** Waits for the name's lock, and then decides. */
async function placeCarefully<Payment extends keyof Placed>(
  ctx: AccountContext,
  { name, expectedPrice, ...order }: ResolvedOrder & Pick<CardOrder, 'returnUrl'>,
  payment: Payment,
): Promise<Placed[Payment]> {
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
  order: CardOrder,
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
  order: Omit<CardOrder, 'returnUrl'>,
): Promise<SecuredBackorder> {
  const { accountId, currency } = ctx.actor
  const claim = { ...order, accountId, currency, priceMinor }
  const { claimedAt, ...claimed } = await claimListing(tx, ctx, listing, claim)
  const backorder = { ...claimed, state: 'backordered', securedAt: claimedAt } as const
  await payFromBalance(tx, ctx, backorder)
  return backorder
}
