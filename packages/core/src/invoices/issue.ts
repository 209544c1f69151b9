import { decideInvoice, splitTax } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import { decideInvoiceTax } from '@droplock/rules/reverse-charge'
import type { Selectable, Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import {
  type AccountContext,
  type Context,
  requirePermission,
  requireReason,
  requireScope,
  type StaffContext,
} from '../context.ts'
import type { BillingProfileTable, Database, SellerTable } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { allocateNumber } from './allocate-number.ts'
import { creditEarlierRefunds } from './credit.ts'
import { type Invoiceable, type InvoiceSubject, lockInvoiceable } from './invoiceable.ts'
import { type InvoiceView, selectInvoices, toInvoiceView } from './read.ts'

/**
 * The invoice of the caller's successful backorder or renewal, issued now if it was not before. Throws Refusal: insufficient_scope,
 * and those of `issueInvoice`. Rule 10.
 */
export async function requestInvoice(ctx: AccountContext, subject: InvoiceSubject): Promise<IssuedInvoice> {
  requireScope(ctx, 'invoices:write')
  return inTransaction(ctx.db, (tx) => issueInvoice(tx, ctx, subject, ctx.actor.accountId))
}

export type IssuedInvoice = {
  readonly invoice: InvoiceView
  /** Whether it was issued just now. */
  readonly isNew: boolean
}

/**
 * Issues the invoice of a successful backorder or renewal, or returns the existing one. Earlier refunds get their credit notes in the
 * same transaction. With an account, only that account's orders are found. Throws Refusal: backorder_not_found, renewal_not_found,
 * invoice_not_available, billing_profile_missing, unavailable (no seller is set), try_again. Rule 10.
 */
export async function issueInvoice(
  tx: Transaction<Database>,
  ctx: Context,
  subject: InvoiceSubject,
  accountId?: string,
): Promise<IssuedInvoice> {
  const { order, payment } = await lockInvoiceable(tx, subject, accountId)
  const before = await findInvoice(tx, order)
  if (before !== undefined) return { invoice: before, isNew: false }
  const buyer = decideInvoice(order.state, await findBillingProfile(tx, order.accountId))
  const id = ctx.newId()
  await insertInvoice(tx, id, order, { buyer, seller: await lockSeller(tx) })
  await publish(tx, ctx, 'invoice.issued', id)
  await creditEarlierRefunds(tx, ctx, payment)
  const row = await selectInvoices(tx).where('invoice.id', '=', id).executeTakeFirstOrThrow()
  return { invoice: toInvoiceView(row), isNew: true }
}

async function findInvoice(
  tx: Transaction<Database>,
  { backorderId, renewalId }: Invoiceable,
): Promise<InvoiceView | undefined> {
  const row = await selectInvoices(tx)
    .where((is) =>
      is.or([is('invoice.backorder_id', '=', backorderId), is('invoice.renewal_id', '=', renewalId)]),
    )
    .executeTakeFirst()
  return row && toInvoiceView(row)
}

/**
 * Locks the account's row, to which the inserted invoice refers. Waiting for it later, with the series locked, would make everyone else
 * who issues wait too.
 */
async function findBillingProfile(tx: Transaction<Database>, accountId: string) {
  await tx.selectFrom('account').select('id').where('id', '=', accountId).forKeyShare().execute()
  return tx.selectFrom('billing_profile').selectAll().where('account_id', '=', accountId).executeTakeFirst()
}

/** A shared lock, so that the seller's mode does not change while invoices are issued. */
async function lockSeller(tx: Transaction<Database>) {
  const seller = await tx.selectFrom('seller').selectAll().forShare().executeTakeFirst()
  if (seller === undefined) throw new Refusal('unavailable', 'Invoices are not set up here yet.')
  return seller
}

type Parties = {
  readonly buyer: Selectable<BillingProfileTable>
  readonly seller: Selectable<SellerTable>
}

/** The number is allocated last, because everyone who issues waits for its lock. */
async function insertInvoice(
  tx: Transaction<Database>,
  id: string,
  order: Invoiceable,
  { buyer, seller }: Parties,
): Promise<void> {
  const { period, grossMinor } = order
  if (period === null) throw new Error(`${order.name} has no service period`)
  const tax = taxOf({ buyer, seller })
  const { netMinor, taxMinor } = splitTax(grossMinor, tax.taxBasisPoints)
  const { issuedAt, ...taken } = await allocateNumber(tx, 'invoice', seller.mode)
  await tx
    .insertInto('invoice')
    .values({
      id,
      ...taken,
      issued_at: issuedAt,
      account_id: order.accountId,
      backorder_id: order.backorderId,
      renewal_id: order.renewalId,
      buyer_name: buyer.legal_name,
      buyer_address: buyer.address,
      buyer_country: buyer.country,
      buyer_tax_id: buyer.tax_id,
      buyer_email: buyer.email,
      seller_name: seller.legal_name,
      seller_address: seller.address,
      seller_country: seller.country,
      seller_tax_id: seller.tax_id,
      service: order.service,
      name: order.name,
      name_unicode: order.nameUnicode,
      years: order.years,
      service_from: period.from,
      service_to: period.to,
      currency: order.currency,
      gross_minor: grossMinor,
      net_minor: netMinor,
      tax_minor: taxMinor,
      tax_basis_points: tax.taxBasisPoints,
      tax_note: tax.taxNote,
    })
    .execute()
}

function taxOf({ buyer, seller }: Parties) {
  const { country, tax_id: taxId, reverse_charge: reverseCharge } = seller
  const { tax_basis_points: taxBasisPoints, tax_note: taxNote } = seller
  return decideInvoiceTax(
    { country, taxId, reverseCharge, taxBasisPoints, taxNote },
    { country: buyer.country, taxId: buyer.tax_id },
  )
}

type IssueForCustomer = { readonly subject: InvoiceSubject; readonly reason: string }

/**
 * Issues an invoice that a customer requested from finance, by the same rules as over the API. An existing invoice is returned, and
 * nothing is recorded. Throws Refusal: forbidden, reason_required, and those of `issueInvoice`. Rule 10.
 */
export async function issueForCustomer(
  ctx: StaffContext,
  { subject, reason: given }: IssueForCustomer,
): Promise<IssuedInvoice> {
  requirePermission(ctx, 'invoices:issue')
  const reason = requireReason(given)
  return inTransaction(ctx.db, async (tx) => {
    const issued = await issueInvoice(tx, ctx, subject)
    if (!issued.isNew) return issued
    const { invoice } = issued
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'invoice.issued',
      subjectType: 'invoice',
      subjectId: invoice.id,
      reason,
      after: {
        number: invoice.number,
        name: invoice.line.name,
        buyer: invoice.buyer.name,
        gross_minor: invoice.grossMinor,
        currency: invoice.currency,
      },
    })
    return issued
  })
}
