import { type Kysely, sql } from 'kysely'
import { checkAuditChain } from './alarms/find.ts'
import { type Context, requirePermission, type StaffContext } from './context.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { proveInvoices } from './invoices/prove.ts'
import { type LedgerProof, proveLedger } from './ledger/prove.ts'
import { countChangedMonths } from './months/prove.ts'
import { countWrongStatistics } from './statistics/prove.ts'

/** A guarantee, and how many rows violate it. */
type Invariant = { readonly name: InvariantName; readonly violations: number }

export type InvariantName =
  | 'one_winner_per_name'
  | 'one_story_per_outcome'
  | 'ledger_sums_to_zero'
  | 'escrow_holds_the_undecided'
  | 'balances_equal_postings'
  | 'every_failure_is_refunded'
  | 'no_refund_exceeds_its_payment'
  | 'card_money_is_where_it_belongs'
  | 'credit_notes_stay_within_their_invoices'
  | 'invoice_numbers_have_no_gap'
  | 'refunds_of_invoiced_orders_are_credited'
  | 'audit_chain_is_whole'
  | 'statistics_equal_outcomes'
  | 'closed_months_are_unchanged'

export type Invariants = {
  readonly at: Date
  /** None is violated. */
  readonly holds: boolean
  readonly invariants: readonly Invariant[]
  readonly backorders: { readonly undecided: number; readonly successful: number; readonly failed: number }
  /** Listings that were ever secured: in a sound system as many as the backorders counted above. */
  readonly listingsWon: number
  readonly escrowMinor: Readonly<Record<string, bigint>>
  readonly ledgerSumMinor: Readonly<Record<string, bigint>>
}

/**
 * Checks by the rows what the constraints guarantee; each figure is of one snapshot. A break in the audit chain also raises an alarm.
 */
export async function readInvariants(ctx: Context): Promise<Invariants> {
  const { db } = ctx
  const ledger = await proveLedger(db)
  const orders = await countOrders(db)
  const invoices = await proveInvoices(db)
  const chain = await checkAuditChain(ctx)
  const invariants: readonly Invariant[] = [
    { name: 'one_winner_per_name', violations: orders.doubleWinners },
    { name: 'one_story_per_outcome', violations: orders.contradictions },
    { name: 'ledger_sums_to_zero', violations: nonZero(ledger.ledgerSumMinor) },
    { name: 'escrow_holds_the_undecided', violations: nonZero(ledger.escrowDifferenceMinor) },
    { name: 'balances_equal_postings', violations: ledger.balanceMismatches },
    { name: 'every_failure_is_refunded', violations: ledger.unrefundedFailures },
    { name: 'no_refund_exceeds_its_payment', violations: orders.overRefunded },
    { name: 'card_money_is_where_it_belongs', violations: ledger.misplacedPayments },
    { name: 'credit_notes_stay_within_their_invoices', violations: invoices.overCredited },
    { name: 'invoice_numbers_have_no_gap', violations: invoices.seriesWithGaps },
    { name: 'refunds_of_invoiced_orders_are_credited', violations: invoices.uncreditedRefunds },
    { name: 'audit_chain_is_whole', violations: chain.breaksTotal },
    { name: 'statistics_equal_outcomes', violations: await countWrongStatistics(db) },
    { name: 'closed_months_are_unchanged', violations: await countChangedMonths(db) },
  ]
  return {
    at: await databaseTime(db),
    holds: invariants.every(({ violations }) => violations === 0),
    invariants,
    backorders: { undecided: orders.undecided, successful: orders.successful, failed: orders.failed },
    listingsWon: orders.listingsWon,
    ...sums(ledger),
  }
}

function nonZero(byCurrency: Readonly<Record<string, bigint>>): number {
  return Object.values(byCurrency).filter((amount) => amount !== 0n).length
}

function sums({ escrowMinor, ledgerSumMinor }: LedgerProof) {
  return { escrowMinor, ledgerSumMinor }
}

const orderCounts = [
  'undecided',
  'successful',
  'failed',
  'listingsWon',
  'doubleWinners',
  'contradictions',
  'overRefunded',
] as const

type OrderCounts = Readonly<Record<(typeof orderCounts)[number], number>>

/**
 * `doubleWinners`: listings with two secured orders, and names with two live ones. `contradictions`: decided orders whose listing,
 * target and failure reason contradict each other.
 */
async function countOrders(db: Kysely<Database>): Promise<OrderCounts> {
  const { rows } = await sql<Record<keyof OrderCounts, bigint>>`
    select
      (select count(*) from backorder where state in ('backordered', 'registering')) as "undecided",
      (select count(*) from backorder where state = 'successful') as "successful",
      (select count(*) from backorder where state = 'failed') as "failed",
      (select count(distinct listing_id) from backorder where state in ('backordered', 'registering', 'successful', 'failed'))
        as "listingsWon",
      (select count(*) from (select from backorder where state in ('backordered', 'registering', 'successful', 'failed')
          group by listing_id having count(*) > 1) as by_listing)
        + (select count(*) from (select from backorder where state in ('pending_payment', 'backordered', 'registering')
          group by name having count(*) > 1) as by_name) as "doubleWinners",
      (select count(*) from backorder join listing on listing.id = backorder.listing_id
          left join catch_target on catch_target.backorder_id = backorder.id
        where (backorder.state = 'successful' and (listing.state <> 'caught' or catch_target.state is distinct from 'registered'))
          or (backorder.state = 'failed' and (listing.state <> backorder.failure_reason
            or coalesce(catch_target.state, backorder.failure_reason) <> backorder.failure_reason))) as "contradictions",
      (select count(*) from payment where captured_minor < (select coalesce(sum(amount_minor), 0) from refund
        where refund.payment_id = payment.id and refund.state not in ('failed', 'rejected', 'expired'))) as "overRefunded"`.execute(
    db,
  )
  const counts = rows[0]
  return Object.fromEntries(orderCounts.map((name) => [name, Number(counts?.[name] ?? 0)])) as OrderCounts
}

/** `readInvariants` for the console. Throws Refusal('forbidden'). */
export async function proveInvariants(ctx: StaffContext): Promise<Invariants> {
  requirePermission(ctx, 'invariants:prove')
  return readInvariants(ctx)
}
