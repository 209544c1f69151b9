import { type AccountContext, requireScope } from '../context.ts'
import { findRenewable } from './find-renewable.ts'
import { readRenewalTerms } from './read-terms.ts'

/** What a renewal would cost and bring; amounts in minor units. It binds nobody: an order on it is checked again. */
export type RenewalQuote = {
  readonly backorderId: string
  readonly name: string
  readonly years: number
  readonly priceMinor: bigint
  readonly currency: string
  readonly expiresAt: Date
  readonly newExpiresAt: Date
  /** Until then at most: price and expiry may change before. */
  readonly validUntil: Date
}

/**
 * Quotes the renewal of a caught name of the caller's. Throws Refusal: insufficient_scope, backorder_not_found,
 * backorder_not_renewable, registration_expired, renewal_too_long, price_unavailable, renewal_pending.
 */
export async function quoteRenewal(
  ctx: AccountContext,
  { backorderId, years }: { readonly backorderId: string; readonly years: number },
): Promise<RenewalQuote> {
  requireScope(ctx, 'backorders:read')
  const { currency } = ctx.actor
  const { registrationId, name } = await findRenewable(ctx, backorderId)
  const { now: _, ...terms } = await readRenewalTerms(ctx.db, { registrationId, currency, years })
  return { backorderId, name, years, currency, ...terms }
}
