import { closeObstacles, openItemKinds } from '@droplock/rules/months'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'
import { Person } from './refund.ts'

export const MonthInput = z
  .string()
  .regex(/^(?:19[7-9]\d|20\d\d)-(?:0[1-9]|1[0-2])$/)
  .openapi({ description: 'A month in UTC', example: '2026-10' })

export const MonthRow = z
  .object({
    id: z.string().openapi({ description: 'A month in UTC', example: '2026-10' }),
    starts_at: Time,
    ends_at: Time,
    state: z.enum(['open', 'proposed', 'closed']),
    proposal_id: Id.optional(),
    proposed_by: Person.optional(),
    proposed_at: Time.optional(),
    note: z.string().optional().openapi({ description: 'Why the close was proposed' }),
    decided_by: Person.optional(),
    closed_at: Time.optional(),
    sha256: z
      .string()
      .optional()
      .openapi({ description: 'Of the balances that were kept at the close, in hex' }),
    postings: z.int().optional().openapi({ description: 'How many a closed month has' }),
  })
  .openapi('Month')

export const MonthList = listOf(MonthRow, 'MonthList')

const MonthBalance = z
  .object({
    ledger_account: z.string().openapi({ example: 'customer_balance' }),
    opening: Money,
    debit: Money,
    credit: Money,
    closing: Money,
    postings: z.int(),
  })
  .openapi('MonthBalance')

export const MonthDetail = z
  .object({
    ...MonthRow.shape,
    balances: z.array(MonthBalance).openapi({ description: 'The trial balance; credits are positive' }),
    open_items: z.array(
      z.object({
        kind: z.enum(openItemKinds),
        id: Id,
        since: Time,
        detail: z.string(),
        explanation: z.string().optional(),
      }),
    ),
    obstacles: z
      .array(z.enum(closeObstacles))
      .openapi({ description: 'Why it cannot be closed now; empty: its close can be proposed' }),
    hash: z
      .string()
      .openapi({ description: 'Of the balances and open items, in hex; a close is bound to it' }),
  })
  .openapi('MonthDetail')

const tags = ['Months']

export const listMonths = createRoute({
  operationId: 'listMonths',
  method: 'get',
  path: '/api/months',
  tags,
  summary: 'List the months of the books, the current one first',
  security: reads('money:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(MonthList, 'A page of months'), ...readProblems('invalid_request') },
})

export const getMonth = createRoute({
  operationId: 'getMonth',
  method: 'get',
  path: '/api/months/{id}',
  tags,
  summary: 'Read a month: as it was closed, or what its close would keep',
  security: reads('money:read'),
  request: { params: z.strictObject({ id: MonthInput }) },
  responses: { 200: json(MonthDetail, 'The month'), ...readProblems('invalid_request', 'month_not_found') },
})
