import { type CamelCased, camelCased } from '@droplock/rules/letter-case'
import { sql } from 'kysely'
import type { StaffContext } from '../context.ts'

export function selectCases(ctx: StaffContext) {
  return ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .innerJoin('account', 'account.id', 'backorder.account_id')
}

export function withColumns(cases: ReturnType<typeof selectCases>) {
  return cases.selectAll('backorder').select([
    'listing.zone',
    'listing.cutoff_at',
    'listing.drop_from',
    'listing.drop_to',
    'account.name as account_name',
    // Of the payment that secured it; what has arrived.
    sql<bigint>`(select coalesce(sum(refund.amount_minor), 0)::bigint from payment join refund on refund.payment_id = payment.id
        where payment.backorder_id = backorder.id and secures and refund.state = 'succeeded')`.as(
      'refunded_minor',
    ),
  ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

/** A backorder as an operator sees it, with its customer and the schedule of its listing. */
export type CaseView = CamelCased<Row>

export const toCaseView: (row: Row) => CaseView = camelCased
