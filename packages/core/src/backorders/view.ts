import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import type { AccountContext } from '../context.ts'

/** A backorder as its customer sees it. Rule 7. */
export type BackorderView = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly state: BackorderState
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
  /** When an unpaid order lapses, or would have. */
  readonly payBy: Date | null
  readonly securedAt: Date | null
  readonly decidedAt: Date | null
  readonly settledAt: Date | null
  readonly failureReason: FailureReason | null
  readonly expiredReason: ExpiredReason | null
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

/** The caller's backorders with their listing's schedule, ready for `toBackorderView`. */
export function selectBackorders(ctx: AccountContext) {
  return ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .selectAll('backorder')
    .select(['listing.cutoff_at', 'listing.drop_from', 'listing.drop_to'])
    .where('backorder.account_id', '=', ctx.actor.accountId)
}

type BackorderRow = Awaited<ReturnType<ReturnType<typeof selectBackorders>['execute']>>[number]

export function toBackorderView(row: BackorderRow): BackorderView {
  return {
    id: row.id,
    listingId: row.listing_id,
    name: row.name,
    state: row.state,
    priceMinor: row.price_minor,
    currency: row.currency,
    createdAt: row.created_at,
    payBy: row.pay_by,
    securedAt: row.secured_at,
    decidedAt: row.decided_at,
    settledAt: row.settled_at,
    failureReason: row.failure_reason,
    expiredReason: row.expired_reason,
    cutoffAt: row.cutoff_at,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
  }
}
