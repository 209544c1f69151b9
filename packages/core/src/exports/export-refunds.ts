import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Cell, type ExportPeriod, requirePeriod, toAmount, writePages } from './write.ts'

const header = [
  'created_at',
  'decided_at',
  'refund_id',
  'state',
  'cause',
  'destination',
  'amount',
  'currency',
  'account_id',
  'account_name',
  'payment_id',
  'provider',
  'provider_payment_id',
  'provider_refund_id',
  'name',
  'reason_code',
  'note',
  'proposed_by',
  'decided_by',
  'decision_note',
  'retries_refund_id',
  'failure',
] as const

/** All refunds that were created in a period as CSV, oldest first. Throws Refusal: forbidden, invalid_period. */
export function exportRefunds(ctx: StaffContext, period: ExportPeriod): AsyncGenerator<string> {
  requirePermission(ctx, 'money:export')
  requirePeriod(period)
  return writePages(ctx, { header, read: (after, limit) => readPage(ctx, period, after, limit), toCells })
}

async function readPage(
  { db }: StaffContext,
  { from, to }: ExportPeriod,
  after: { readonly created_text: string; readonly id: string } | undefined,
  limit: number,
) {
  const refunds = db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('staff_account as proposer', 'proposer.id', 'refund.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'refund.decided_by')
    .selectAll('refund')
    .select([
      // With microseconds, which a Date lacks: where the next page starts.
      sql<string>`refund.created_at::text`.as('created_text'),
      'payment.account_id',
      'account.name as account_name',
      'payment.provider',
      'payment.provider_id',
      'proposer.name as proposer_name',
      'decider.name as decider_name',
    ])
    .where('refund.created_at', '<', to)
    .orderBy('refund.created_at')
    .orderBy('refund.id')
    .limit(limit)
  const page =
    after === undefined
      ? refunds.where('refund.created_at', '>=', from)
      : refunds.where(
          sql<boolean>`(refund.created_at, refund.id) > (${after.created_text}::timestamptz, ${after.id}::uuid)`,
        )
  return page.execute()
}

type Row = Awaited<ReturnType<typeof readPage>>[number]

function toCells(row: Row): readonly Cell[] {
  return [
    row.created_at,
    row.decided_at,
    row.id,
    row.state,
    row.cause,
    row.destination,
    toAmount(row.amount_minor, row.currency),
    row.currency,
    row.account_id,
    row.account_name,
    row.payment_id,
    row.provider,
    row.provider_id,
    row.provider_refund_id,
    row.name,
    row.reason_code,
    row.note,
    row.proposer_name,
    row.decider_name,
    row.decision_note,
    row.retries_refund_id,
    row.failure,
  ]
}
