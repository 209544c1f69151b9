import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { type IssuedInvoice, issueInvoice } from './issue.ts'
import type { InvoiceSubject } from './lock.ts'

export type IssueForCustomer = { readonly subject: InvoiceSubject; readonly reason: string }

/**
 * Issues an invoice that a customer has asked a person for, by the rules of one asked for by API: what was issued before is
 * given, and nothing is recorded. Throws Refusal: forbidden, reason_required, and what `issueInvoice` throws. Rule 10.
 */
export async function issueForCustomer(
  ctx: StaffContext,
  { subject, reason: given }: IssueForCustomer,
): Promise<IssuedInvoice> {
  requirePermission(ctx, 'invoices:issue')
  const reason = requireReason(given)
  return inTransaction(ctx.db, async (tx) => {
    const issued = await issueInvoice(tx, ctx, subject)
    const { invoice } = issued
    if (!issued.isNew) return issued
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
