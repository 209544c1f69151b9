import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'

export const searchKinds = [
  'backorder',
  'listing',
  'account',
  'payment',
  'refund',
  'invoice',
  'bank_transfer',
] as const

export const SearchResult = z
  .object({
    kind: z.enum(searchKinds),
    id: Id,
    text: z.string().openapi({ description: 'A name or a number', example: 'example.shop' }),
    state: z.string().optional(),
    account_name: z.string().optional(),
    reference: z.string().optional().openapi({ description: "The customer's own reference" }),
    amount: Money.optional(),
    at: Time.optional().openapi({ description: 'When it was made; of a listing, when its drop begins' }),
  })
  .openapi('SearchResult')

export const SearchResults = z
  .object({
    items: z.array(SearchResult).openapi({ description: 'The best matches first, some of each kind' }),
  })
  .openapi('SearchResults')

export const quickSearch = createRoute({
  operationId: 'quickSearch',
  method: 'get',
  path: '/api/search',
  tags: ['Overview'],
  summary: 'Find names, accounts, payments, refunds and invoices',
  description:
    'By a part of a name (also as it is written in its language), an id or its beginning, an account, an invoice number, a bank reference, or the reference of a customer. Without `money:read` only names, and orders by id or reference.',
  security: reads('console:read'),
  request: { query: z.strictObject({ q: text(100).min(2) }) },
  responses: { 200: json(SearchResults, 'What was found'), ...readProblems('invalid_request') },
})
