import type { RevenueGroup } from '@droplock/rules/reports'
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

/** What was earned, in one currency. Minor units. */
export type Revenue = {
  readonly currency: string
  /** Orders and renewals that succeeded. */
  readonly orders: number
  /** What they were sold for, VAT included. */
  readonly grossMinor: bigint
  /** What was paid back of it later. */
  readonly refundsMinor: bigint
  /** The postings of the ledger account `revenue`: gross less refunds. */
  readonly netMinor: bigint
  /** VAT of the invoices that were issued, less that of credit notes. */
  readonly vatMinor: bigint
  /** What registries charged in this currency. */
  readonly registryCostsMinor: bigint
}

export type ListRevenue = ReportFilter & Paging & { readonly by: RevenueGroup }

/**
 * The revenue of a period by day, month, zone or account. Each amount counts when it was posted, issued or charged, so a closed month
 * keeps its figures. Throws Refusal: forbidden, invalid_period.
 */
export function listRevenue(ctx: StaffContext, query: ListRevenue): Promise<Listed<Grouped<Revenue>>> {
  return listGroups(ctx, report, query)
}

/** The revenue of a period in all and over time, by currency. Throws Refusal: forbidden, invalid_period. */
export function getRevenueSummary(ctx: StaffContext, filter: ReportFilter): Promise<Summary<Revenue>> {
  return summarise(ctx, report, filter)
}

type Row = {
  readonly currency: string
  readonly orders: bigint
  readonly gross: string
  readonly refunds: string
  readonly vat: string
  readonly costs: string
}

function toRevenue({ currency, orders, gross, refunds, vat, costs }: Row): Revenue {
  const [grossMinor, refundsMinor] = [BigInt(gross), BigInt(refunds)]
  return {
    currency,
    orders: Number(orders),
    grossMinor,
    refundsMinor,
    netMinor: grossMinor - refundsMinor,
    vatMinor: BigInt(vat),
    registryCostsMinor: BigInt(costs),
  }
}

const sums = sql`sum(orders) as orders, sum(gross) as gross, sum(refunds) as refunds, sum(vat) as vat, sum(costs) as costs`

function factsOf(by: RevenueGroup, filter: ReportFilter): RawBuilder<unknown> {
  return sql`${postings(by, filter)} union all ${invoices(by, filter)} union all ${charges(by, filter)}`
}

const zone = sql<string | null>`listing.zone`

/** What an order earned is posted when it is settled; everything else of that ledger account takes from it. */
function postings(by: RevenueGroup, filter: ReportFilter) {
  const columns = {
    at: sql<Date>`posting.posted_at`,
    currency: sql<string>`posting.currency`,
    zone,
    accountId: sql<string>`posting.account_id`,
  }
  return sql`
    select ${groupOf(by, columns)} as "group", posting.currency, (posting.cause = 'settle')::integer as orders,
      case when posting.cause = 'settle' then amount_minor else 0 end as gross,
      case when posting.cause = 'settle' then 0 else -amount_minor end as refunds, 0::bigint as vat, 0::bigint as costs
    from posting ${joinOrder({ backorderId: sql`posting.backorder_id`, renewalId: sql`posting.renewal_id` })}
    where ledger_account = 'revenue' and ${matching(filter, columns)}`
}

function invoices(by: RevenueGroup, filter: ReportFilter) {
  const columns = {
    at: sql<Date>`invoice.issued_at`,
    currency: sql<string>`invoice.currency`,
    zone,
    accountId: sql<string>`invoice.account_id`,
  }
  const order = {
    backorderId: sql<string>`coalesce(invoice.backorder_id, credited.backorder_id)`,
    renewalId: sql<string>`coalesce(invoice.renewal_id, credited.renewal_id)`,
  }
  return sql`
    select ${groupOf(by, columns)}, invoice.currency, 0, 0, 0,
      case invoice.kind when 'credit_note' then -invoice.tax_minor else invoice.tax_minor end, 0
    from invoice left join invoice as credited on credited.id = invoice.credits_invoice_id ${joinOrder(order)}
    where ${matching(filter, columns)}`
}

function charges(by: RevenueGroup, filter: ReportFilter) {
  const columns = {
    at: sql<Date>`charge.charged_at`,
    currency: sql<string>`charge.currency`,
    zone,
    accountId: sql<string>`backorder.account_id`,
  }
  const order = {
    backorderId: sql<string>`charge.backorder_id`,
    renewalId: sql<string>`charge.renewal_id`,
    registrationId: sql<string>`charge.registration_id`,
  }
  return sql`
    select ${groupOf(by, columns)}, charge.currency, 0, 0, 0, 0, charge.amount_minor
    from registry_charge as charge ${joinOrder(order)} where ${matching(filter, columns)}`
}

const report = { factsOf, sums, amount: sql`gross - refunds`, toSum: toRevenue }
