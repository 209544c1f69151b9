import { type Insertable, sql } from 'kysely'
import type { InvoiceTable } from '../../src/database/tables.gen.ts'
import type { Fixture } from './fixture.ts'
import { insertBackorder, insertRefund } from './rows.ts'

/** Valid invoices; a violation changes one thing and breaks one guarantee. */

export const AT = new Date('2026-11-24T12:00:00Z')

export async function insertSeries(fixture: Fixture, kind: 'invoice' | 'credit_note' = 'invoice') {
  const prefix = kind === 'invoice' ? 'INV-2026-' : 'CN-2026-'
  await fixture.tx
    .insertInto('invoice_series')
    .values({ kind, mode: 'live', year: 2026, prefix })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A success of the free name. */
export const insertSuccess = (fixture: Fixture) =>
  insertBackorder(fixture, { state: 'successful', settled_at: AT, failure_reason: null })

const rowOf = (fixture: Fixture, sequence = 1) =>
  ({
    id: fixture.ctx.newId(),
    kind: 'invoice',
    mode: 'live',
    year: 2026,
    sequence,
    number: `INV-2026-00000${sequence}`,
    issued_at: AT,
    account_id: fixture.buyer.actor.accountId,
    buyer_name: 'A Buyer',
    buyer_address: 'Some Street 1',
    buyer_country: 'DE',
    buyer_email: 'accounts@example.com',
    seller_name: 'Us',
    seller_address: 'Another Street 2',
    seller_country: 'IE',
    service: 'registration',
    name: fixture.free.name,
    name_unicode: fixture.free.name,
    years: 1,
    service_from: AT,
    service_to: new Date('2027-11-24T12:00:00Z'),
    currency: 'USD',
    gross_minor: 1_900n,
    net_minor: 1_900n,
    tax_minor: 0n,
    tax_basis_points: 0,
  }) as const

/** The invoice of a successful order, which is made where none is given. */
export async function insertInvoice(fixture: Fixture, changes: Partial<Insertable<InvoiceTable>> = {}) {
  await insertSeries(fixture)
  const backorder_id = 'backorder_id' in changes ? changes.backorder_id : await insertSuccess(fixture)
  const row = { ...rowOf(fixture, changes.sequence ?? 1), ...changes, backorder_id }
  await fixture.tx.insertInto('invoice').values(row).execute()
  return row.id
}

/** A credit note of 900 for an invoice, with a new refund unless one is given. */
export async function insertCreditNote(
  fixture: Fixture,
  invoiceId: string,
  changes: Partial<Insertable<InvoiceTable>> = {},
) {
  await insertSeries(fixture, 'credit_note')
  const refund_id = 'refund_id' in changes ? changes.refund_id : await insertRefund(fixture)
  const { sequence = 1 } = changes
  const credit = {
    kind: 'credit_note',
    number: `CN-2026-00000${sequence}`,
    credits_invoice_id: invoiceId,
    gross_minor: 900n,
    net_minor: 900n,
  } as const
  await fixture.tx
    .insertInto('invoice')
    .values({ ...rowOf(fixture, sequence), ...credit, ...changes, refund_id })
    .execute()
}

/** Words that the types do not know: an invoice with one column as SQL. */
export async function insertInvoiceSaying(
  fixture: Fixture,
  column: 'kind' | 'mode' | 'service',
  word: string,
) {
  await insertSeries(fixture)
  const id = await insertSuccess(fixture)
  const row = { ...rowOf(fixture), backorder_id: id, [column]: sql`${word}` }
  await fixture.tx.insertInto('invoice').values(row).execute()
}
