import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Violations among issued invoices, in one snapshot: all 0 in sound books. */
type InvoiceProof = {
  /** Invoices with more credited than invoiced. */
  readonly overCredited: number
  /** Series whose numbers are not 1, 2, 3 … up to the last number of the series. */
  readonly seriesWithGaps: number
  /** Succeeded refunds of invoiced orders without a credit note of their amount; a retry has that of the first in its chain. */
  readonly uncreditedRefunds: number
}

/** Checks the invoices by their rows, independently of the triggers. */
export async function proveInvoices(db: Kysely<Database>): Promise<InvoiceProof> {
  const { rows } = await sql<Record<keyof InvoiceProof, bigint>>`
    with recursive chained as (
      select id, id as first_id from refund where retries_refund_id is null
      union all
      select refund.id, chained.first_id from refund join chained on chained.id = refund.retries_refund_id
    ),
    given as (
      select kind, mode, year, count(*) as numbers, count(distinct sequence) as sequences,
        min(sequence) as first, max(sequence) as last
      from invoice group by kind, mode, year
    )
    select
      (select count(*) from invoice where kind = 'invoice' and gross_minor < (select coalesce(sum(note.gross_minor), 0)
        from invoice as note where note.credits_invoice_id = invoice.id)) as "overCredited",
      (select count(*) from given full join invoice_series using (kind, mode, year)
        where (coalesce(first, 1), coalesce(last, 0), coalesce(sequences, 0), coalesce(numbers, 0))
          is distinct from (1, last_sequence, last_sequence::bigint, last_sequence::bigint)) as "seriesWithGaps",
      (select count(*) from refund join chained on chained.id = refund.id
          join payment on payment.id = refund.payment_id and payment.secures
          join invoice on invoice.backorder_id = payment.backorder_id or invoice.renewal_id = payment.renewal_id
        where refund.state = 'succeeded' and not exists (select from invoice as note
          where note.credits_invoice_id = invoice.id and note.refund_id = chained.first_id
            and note.gross_minor = refund.amount_minor)) as "uncreditedRefunds"`.execute(db)
  const { overCredited, seriesWithGaps, uncreditedRefunds } = rows[0] ?? {}
  return {
    overCredited: Number(overCredited),
    seriesWithGaps: Number(seriesWithGaps),
    uncreditedRefunds: Number(uncreditedRefunds),
  }
}
