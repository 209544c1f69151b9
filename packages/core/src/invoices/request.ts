import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { type IssuedInvoice, issueInvoice } from './issue.ts'
import type { InvoiceSubject } from './lock.ts'

/**
 * The invoice of the caller's successful backorder or renewal, issued now if it was not before. Throws Refusal:
 * insufficient_scope, and what `issueInvoice` throws. Rule 10.
 */
export async function requestInvoice(ctx: AccountContext, subject: InvoiceSubject): Promise<IssuedInvoice> {
  requireScope(ctx, 'invoices:write')
  return inTransaction(ctx.db, (tx) => issueInvoice(tx, ctx, subject, ctx.actor.accountId))
}
