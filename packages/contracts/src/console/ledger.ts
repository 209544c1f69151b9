import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { ledgerAccounts, postingCauses } from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging, TimeInput } from './paging.ts'
import { Person } from './refund.ts'

export const LedgerMove = z
  .object({
    id: z.string().openapi({ description: 'The cause and its id' }),
    cause: z.enum(postingCauses),
    cause_id: Id,
    from: z.enum(ledgerAccounts),
    to: z.enum(ledgerAccounts),
    amount: Money,
    account_id: Id.optional(),
    account_name: z.string().optional(),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    payment_id: Id.optional(),
    bank_transfer_id: Id.optional(),
    name: z.string().optional().openapi({ description: 'The domain name of the order' }),
    posted_at: Time,
    balance: Money.optional().openapi({
      description:
        'Of the ledger account that is filtered by, after this move; only with `ledger_account` and `currency`, and without `cause`, `id`, `zone` and `amount_minor`',
    }),
  })
  .openapi('LedgerMove')

export const LedgerMoveList = listOf(LedgerMove, 'LedgerMoveList')

export const listLedger = createRoute({
  operationId: 'listLedger',
  method: 'get',
  path: '/api/ledger',
  tags: ['Ledger'],
  summary: 'List the moves of the ledger, newest first',
  description: 'Each moves one amount from one ledger account to another.',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...paging,
      ledger_account: z.enum(ledgerAccounts).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      cause: z.enum(postingCauses).optional(),
      account_id: Id.optional(),
      from: TimeInput.optional(),
      to: TimeInput.optional(),
      id: Id.optional().openapi({
        description: 'Of an order, renewal, payment, refund, dispute, bank transfer or credit',
      }),
      zone: text(253).optional().openapi({ description: 'The zone of the order; only with `from` and `to`' }),
      amount_minor: z.coerce.number().int().min(1).optional().openapi({ type: 'integer', minimum: 1 }),
    }),
  },
  responses: { 200: json(LedgerMoveList, 'A page of moves'), ...readProblems('invalid_request') },
})

export const GoodwillCredit = z
  .object({
    id: Id,
    account_id: Id,
    account_name: z.string(),
    amount: Money,
    reason: z.string(),
    proposed_by: Person,
    approved_by: Person.optional(),
    note: z.string().optional(),
    credited_at: Time,
  })
  .openapi('GoodwillCredit')

export const GoodwillCreditList = listOf(GoodwillCredit, 'GoodwillCreditList')

export const listGoodwill = createRoute({
  operationId: 'listGoodwill',
  method: 'get',
  path: '/api/goodwill-credits',
  tags: ['Ledger'],
  summary: 'List goodwill credits, newest first',
  security: reads('money:read'),
  request: { query: z.strictObject({ ...paging, account_id: Id.optional() }) },
  responses: { 200: json(GoodwillCreditList, 'A page of credits'), ...readProblems('invalid_request') },
})
