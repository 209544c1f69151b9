import { accountSuspended } from '@droplock/rules/accounts'
import { decideHold, type HoldFacts } from '@droplock/rules/backorders'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import type { Terms } from '../listings/read-terms.ts'
import { type LockedListing, lockAccount } from '../locks.ts'
import { openCardPayment } from '../payments/open.ts'
import { claimListing, type HeldBackorder } from './claim-listing.ts'
import type { OrderFields, ResolvedOrder } from './order-fields.ts'

/**
 * Holds a locked listing for the caller until `payBy`, and opens the card payment that is to be requested from the provider. The
 * account is locked before its open holds are counted, so that simultaneous orders cannot exceed the limit. Throws Refusal:
 * hold_not_available, hold_too_late, hold_limit_reached, and those of `claimListing`.
 */
export async function holdListing(
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  terms: Terms,
  { returnUrl, ...order }: CardOrder,
): Promise<HeldBackorder> {
  const { accountId, currency } = ctx.actor
  const account = await lockAccount(tx, accountId)
  if (account.disabled_at !== null) throw accountSuspended()
  const payBy = decideHold(await readHoldFacts(tx, listing, account), terms.now)
  const claim = { ...order, accountId, currency, priceMinor: terms.priceMinor, payBy }
  const { claimedAt, ...claimed } = await claimListing(tx, ctx, listing, claim)
  const paymentId = await openCardPayment(tx, ctx, {
    purpose: 'backorder',
    accountId,
    amountMinor: claimed.priceMinor,
    currency,
    listingId: listing.id,
    backorderId: claimed.id,
    payBy,
    now: claimedAt,
    returnUrl,
  })
  await publish(tx, ctx, 'backorder.held', claimed.id)
  return { ...claimed, state: 'pending_payment', heldAt: claimedAt, payBy, paymentId }
}

/** What a customer may add to an order by card. */
export type CardOrder = OrderFields &
  Pick<ResolvedOrder, 'registerTo'> & { readonly returnUrl?: string | undefined }

type HoldingAccount = {
  readonly id: string
  readonly open_holds_max: number
  readonly open_holds_max_before_paid: number
}

/** What decides whether the account may hold the listing unpaid. */
export async function readHoldFacts(
  db: Kysely<Database>,
  listing: { readonly id: string; readonly cutoff_at: Date },
  account: HoldingAccount,
): Promise<HoldFacts> {
  const { heldBefore, hasPaid, openHolds } = await readHolds(db, listing.id, account.id)
  const openHoldsMax = hasPaid ? account.open_holds_max : account.open_holds_max_before_paid
  return { cutoffAt: listing.cutoff_at, heldBefore, openHolds, openHoldsMax }
}

async function readHolds(db: Kysely<Database>, listingId: string, accountId: string) {
  const { rows } = await sql<{ heldBefore: boolean; hasPaid: boolean; openHolds: number }>`
    select
      was_held(${listingId}) as "heldBefore",
      exists (select from backorder where account_id = ${accountId} and secured_at is not null) as "hasPaid",
      (select count(*)::integer from backorder where account_id = ${accountId} and state = 'pending_payment') as "openHolds"`.execute(
    db,
  )
  return rows[0] ?? { heldBefore: true, hasPaid: false, openHolds: 0 }
}
