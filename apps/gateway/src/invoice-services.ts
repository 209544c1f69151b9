import { type BillingProfile, getBillingProfile, putBillingProfile } from '@droplock/core/billing/profile'
import { type AccountActor, actFor, type Context } from '@droplock/core/context'
import type { Page } from '@droplock/core/database/page'
import type { InvoiceSubject } from '@droplock/core/invoices/invoiceable'
import { type IssuedInvoice, requestInvoice } from '@droplock/core/invoices/issue'
import { getInvoice, type InvoiceView, type ListInvoices, listInvoices } from '@droplock/core/invoices/read'

/** The use cases about invoices, and whom they are for. */
export type InvoiceServices = {
  getBillingProfile(actor: AccountActor): Promise<BillingProfile>
  putBillingProfile(actor: AccountActor, profile: BillingProfile): Promise<void>
  requestInvoice(actor: AccountActor, subject: InvoiceSubject): Promise<IssuedInvoice>
  listInvoices(actor: AccountActor, query: ListInvoices): Promise<Page<InvoiceView>>
  getInvoice(actor: AccountActor, id: string): Promise<InvoiceView>
}

export function createInvoiceServices(ctx: Context): InvoiceServices {
  const as = (actor: AccountActor) => actFor(ctx, actor)
  return {
    getBillingProfile: (actor) => getBillingProfile(as(actor)),
    putBillingProfile: (actor, profile) => putBillingProfile(as(actor), profile),
    requestInvoice: (actor, subject) => requestInvoice(as(actor), subject),
    listInvoices: (actor, query) => listInvoices(as(actor), query),
    getInvoice: (actor, id) => getInvoice(as(actor), id),
  }
}
