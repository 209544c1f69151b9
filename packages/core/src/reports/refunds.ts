import type { RefundCause } from '@droplock/rules/machines/refund'
import type { RefundGroup } from '@droplock/rules/reports'
import { type RawBuilder, sql } from 'kysely'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/page.ts'
import {
  type Grouped,
  groupOf,
  joinOrder,
  listGroups,
  matching,
  type ReportFilter,
  type Summary,
  summarise,
} from './grouped.ts'

/** What customers got back, in one currency. Minor units. */
export type RefundSums = {
  readonly currency: string
  /** How many refunds reached a balance or a card. */
  readonly refunds: number
  readonly toBalancesMinor: bigint
  /** What reached a card, by the time at which the provider said so. */
  readonly toCardsMinor: bigint
  /** What came back from a card afterwards. */
  readonly returnedMinor: bigint
  /** To balances and cards, less what came back. */
  readonly netMinor: bigint
}

export type RefundFilter = ReportFilter & { readonly cause?: RefundCause }

export type ListRefundSums = RefundFilter & Paging & { readonly by: RefundGroup }

/**
 * The refunds of a period by day, month, zone, account or cause: the moves of the ledger that gave customers their money. Each counts
 * when it was posted. Throws Refusal: forbidden, invalid_period.
 */
export function listRefundSums(
  ctx: StaffContext,
  query: ListRefundSums,
): Promise<Listed<Grouped<RefundSums>>> {
  return listGroups(ctx, report, query)
}

/** The refunds of a period in all and over time, by currency. Throws Refusal: forbidden, invalid_period. */
export function getRefundSummary(ctx: StaffContext, filter: RefundFilter): Promise<Summary<RefundSums>> {
  return summarise(ctx, report, filter)
}

type Row = {
  readonly currency: string
  readonly refunds: bigint
  readonly toBalances: string
  readonly toCards: string
  readonly returned: string
}

function toSums({ currency, refunds, toBalances, toCards, returned }: Row): RefundSums {
  const [toBalancesMinor, toCardsMinor, returnedMinor] = [
    BigInt(toBalances),
    BigInt(toCards),
    BigInt(returned),
  ]
  return {
    currency,
    refunds: Number(refunds),
    toBalancesMinor,
    toCardsMinor,
    returnedMinor,
    netMinor: toBalancesMinor + toCardsMinor - returnedMinor,
  }
}

const sums = sql`count(*) filter (where cause <> 'refund_returned') as refunds,
  coalesce(sum(amount_minor) filter (where cause = 'refund'), 0) as "toBalances",
  coalesce(sum(amount_minor) filter (where cause = 'refund_paid'), 0) as "toCards",
  coalesce(sum(amount_minor) filter (where cause = 'refund_returned'), 0) as returned`

/** The second line of a move has its amount. One to a card reaches the customer when it is paid; before that it is payable. */
function factsOf(by: RefundGroup, filter: RefundFilter): RawBuilder<unknown> {
  const columns = {
    at: sql<Date>`posting.posted_at`,
    currency: sql<string>`posting.currency`,
    zone: sql<string | null>`listing.zone`,
    accountId: sql<string>`posting.account_id`,
  }
  const order = {
    backorderId: sql<string>`payment.backorder_id`,
    renewalId: sql<string>`payment.renewal_id`,
    listingId: sql<string>`payment.listing_id`,
  }
  const group = by === 'cause' ? sql`coalesce(refund.cause, '')` : groupOf(by, columns)
  const ofCause = filter.cause === undefined ? sql`true` : sql`refund.cause = ${filter.cause}`
  return sql`
    select ${group} as "group", posting.currency, posting.cause, posting.amount_minor
    from posting left join refund on refund.id = posting.cause_id left join payment on payment.id = refund.payment_id
      ${joinOrder(order)}
    where line = 2 and posting.cause in ('refund', 'refund_paid', 'refund_returned')
      and (posting.cause <> 'refund' or ledger_account = 'customer_balance')
      and ${ofCause} and ${matching(filter, columns)}`
}

const report = { factsOf, sums, amount: sql`"toBalances" + "toCards" - returned`, toSum: toSums }
