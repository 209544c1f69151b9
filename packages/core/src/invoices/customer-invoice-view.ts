import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { type InvoiceView, selectInvoices, toInvoiceView } from './view.ts'

/** An invoice or a credit note as finance sees it: whose it is, and what was taken back of it. */
export type CustomerInvoice = InvoiceView & {
  readonly accountId: string
  readonly accountName: string
  /** By the credit notes of an invoice; minor units. */
  readonly creditedMinor: bigint
}

export function selectCustomerInvoices(db: Kysely<Database>) {
  return selectInvoices(db)
    .innerJoin('account', 'account.id', 'invoice.account_id')
    .select([
      'account.name as account_name',
      sql<bigint>`(select coalesce(sum(gross_minor), 0)::bigint from invoice as note
        where note.credits_invoice_id = invoice.id)`.as('credited_minor'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCustomerInvoices>['execute']>>[number]

export function toCustomerInvoice(row: Row): CustomerInvoice {
  return {
    ...toInvoiceView(row),
    accountId: row.account_id,
    accountName: row.account_name,
    creditedMinor: row.credited_minor,
  }
}
