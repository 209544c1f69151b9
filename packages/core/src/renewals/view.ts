import type { RenewalFailure, RenewalState } from '@droplock/rules/machines/renewal'
import type { AccountContext } from '../context.ts'

/** A renewal as its customer sees it. Amounts in minor units. */
export type RenewalView = {
  readonly id: string
  readonly backorderId: string
  readonly name: string
  readonly state: RenewalState
  readonly years: number
  readonly priceMinor: bigint
  readonly currency: string
  /** The expiry that it was ordered on. */
  readonly quotedExpiresAt: Date
  readonly newExpiresAt: Date | null
  readonly failureReason: RenewalFailure | null
  readonly createdAt: Date
  readonly payBy: Date | null
  readonly paidAt: Date | null
  readonly decidedAt: Date | null
}

/** The caller's renewals, ready for `toRenewalView`. */
export function selectRenewals(ctx: AccountContext) {
  return ctx.db
    .selectFrom('renewal')
    .innerJoin('registration', 'registration.id', 'renewal.registration_id')
    .selectAll('renewal')
    .select(['registration.backorder_id', 'registration.name'])
    .where('renewal.account_id', '=', ctx.actor.accountId)
}

type RenewalRow = Awaited<ReturnType<ReturnType<typeof selectRenewals>['execute']>>[number]

export function toRenewalView(row: RenewalRow): RenewalView {
  return {
    id: row.id,
    backorderId: row.backorder_id,
    name: row.name,
    state: row.state,
    years: row.years,
    priceMinor: row.price_minor,
    currency: row.currency,
    quotedExpiresAt: row.quoted_expires_at,
    newExpiresAt: row.new_expires_at,
    failureReason: row.failure_reason,
    createdAt: row.created_at,
    payBy: row.pay_by,
    paidAt: row.paid_at,
    decidedAt: row.decided_at,
  }
}
