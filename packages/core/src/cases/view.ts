import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import type { StaffContext } from '../context.ts'

/** A backorder as an operator sees it. */
export type CaseView = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly zone: string
  readonly accountId: string
  readonly accountName: string
  readonly state: BackorderState
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
  readonly securedAt: Date | null
  readonly decidedAt: Date | null
  readonly settledAt: Date | null
  readonly failureReason: FailureReason | null
  readonly expiredReason: ExpiredReason | null
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

export function selectCases(ctx: StaffContext) {
  return ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .innerJoin('account', 'account.id', 'backorder.account_id')
}

export function withColumns(cases: ReturnType<typeof selectCases>) {
  return cases
    .selectAll('backorder')
    .select([
      'listing.zone',
      'listing.cutoff_at',
      'listing.drop_from',
      'listing.drop_to',
      'account.name as account_name',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toCaseView(row: Row): CaseView {
  return {
    id: row.id,
    listingId: row.listing_id,
    name: row.name,
    zone: row.zone,
    accountId: row.account_id,
    accountName: row.account_name,
    state: row.state,
    priceMinor: row.price_minor,
    currency: row.currency,
    createdAt: row.created_at,
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
