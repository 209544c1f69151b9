import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Cell, type ExportPeriod, requirePeriod, toAmount, writePages } from './write.ts'

const header = [
  'posted_at',
  'cause',
  'cause_id',
  'line',
  'ledger_account',
  'amount',
  'currency',
  'account_id',
  'account_name',
  'payment_id',
  'backorder_id',
  'renewal_id',
  'name',
] as const

/** All postings of a period as CSV, oldest first. Throws Refusal: forbidden, invalid_period; both before the first page. */
export function exportLedger(ctx: StaffContext, period: ExportPeriod): AsyncGenerator<string> {
  requirePermission(ctx, 'money:export')
  requirePeriod(period)
  return writePages(ctx, { header, read: (after, limit) => readPage(ctx, period, after, limit), toCells })
}

type Row = {
  readonly posted_at: Date
  /** With microseconds, which a Date lacks: where the next page starts. */
  readonly posted_text: string
  readonly cause: string
  readonly cause_id: string
  readonly line: number
  readonly ledger_account: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly account_id: string | null
  readonly account_name: string | null
  readonly payment_id: string | null
  readonly backorder_id: string | null
  readonly renewal_id: string | null
  readonly name: string | null
}

async function readPage(
  { db }: StaffContext,
  { from, to }: ExportPeriod,
  after: Row | undefined,
  limit: number,
): Promise<readonly Row[]> {
  const start = after?.posted_text ?? from.toISOString()
  const beyond =
    after === undefined
      ? sql`true`
      : sql`(posted_at, cause, cause_id, line) > (${start}::timestamptz, ${after.cause}, ${after.cause_id}, ${after.line})`
  const { rows } = await sql<Row>`
    select page.*, account.name as account_name, coalesce(backorder.name, registration.name) as name
    from (
      select posted_at, posted_at::text as posted_text, cause, cause_id, line, ledger_account, amount_minor, currency,
        account_id, payment_id, backorder_id, renewal_id
      from posting where posted_at >= ${start}::timestamptz and posted_at < ${to} and ${beyond}
      order by posted_at, cause, cause_id, line limit ${limit}
    ) as page
      left join account on account.id = page.account_id
      left join backorder on backorder.id = page.backorder_id
      left join renewal on renewal.id = page.renewal_id
      left join registration on registration.id = renewal.registration_id
    order by page.posted_at, page.cause, page.cause_id, page.line`.execute(db)
  return rows
}

function toCells(row: Row): readonly Cell[] {
  return [
    row.posted_at,
    row.cause,
    row.cause_id,
    row.line,
    row.ledger_account,
    toAmount(row.amount_minor, row.currency),
    row.currency,
    row.account_id,
    row.account_name,
    row.payment_id,
    row.backorder_id,
    row.renewal_id,
    row.name,
  ]
}
