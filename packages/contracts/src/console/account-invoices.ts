import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { json } from '../gateway/operation.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

/** An invoice or a credit note, as far as finance needs it beside the account. */
export const AccountInvoice = z
  .object({
    id: Id,
    kind: z.enum(['invoice', 'credit_note']),
    number: z.string(),
    issued_at: Time,
    name: DomainName,
    gross: Money,
    tax: Money,
    credits_number: z.string().optional().openapi({ description: 'The invoice that a credit note is of' }),
  })
  .openapi('AccountInvoice')

export const AccountInvoiceList = listOf(AccountInvoice, 'AccountInvoiceList')

export const listAccountInvoices = createRoute({
  operationId: 'listAccountInvoices',
  method: 'get',
  path: '/api/accounts/{id}/invoices',
  tags: ['Accounts'],
  summary: 'Invoices and credit notes of an account, newest first',
  security: reads('money:read'),
  request: { params: z.strictObject({ id: Id }), query: z.strictObject(paging) },
  responses: {
    200: json(AccountInvoiceList, 'A page of invoices'),
    ...readProblems('invalid_request', 'account_not_found'),
  },
})
