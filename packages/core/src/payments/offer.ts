import { decidePlacement, payByOf } from '@droplock/rules/backorders'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { placementFacts, readTerms } from '../listings/read-terms.ts'
import { lockListingByName } from '../locks.ts'
import { openCardPayment, orTooManyOpen } from './open.ts'

/** The name is not held meanwhile: others can order it. */
type Offer = {
  readonly paymentId: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly payBy: Date
}

/**
 * Opens a card payment for a name without holding it: for a listing whose one hold is used up. The first payment that is captured gets
 * the name; later ones are refunded as `late_payment`. Throws Refusal: insufficient_scope, hold_too_late,
 * payment_limit_reached, try_again, and those of placing an order.
 */
export async function offerPayment(
  ctx: AccountContext,
  name: string,
  returnUrl?: string | undefined,
): Promise<Offer> {
  requireScope(ctx, 'backorders:write')
  const { accountId, currency } = ctx.actor
  return orTooManyOpen(() =>
    inTransaction(ctx.db, async (tx) => {
      const listing = await lockListingByName(tx, name)
      const { now, ...terms } = await readTerms(tx, listing, ctx.actor)
      decidePlacement(placementFacts(listing, { now, ...terms }), now)
      const payBy = payByOf(listing.cutoff_at, now)
      const { priceMinor } = terms
      if (payBy === undefined || priceMinor === undefined) {
        throw new Refusal('hold_too_late', 'Orders close too soon for a card payment.')
      }
      const paymentId = await openCardPayment(tx, ctx, {
        purpose: 'backorder',
        accountId,
        amountMinor: priceMinor,
        currency,
        listingId: listing.id,
        payBy,
        now,
        returnUrl,
      })
      return { paymentId, priceMinor, currency, payBy }
    }),
  )
}
