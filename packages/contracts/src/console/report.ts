import { refundGroups, revenueGroups } from '@droplock/rules/reports'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, TimeInput, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { refundCauses, refundStates } from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const period = {
  from: TimeInput.openapi({ description: 'Inclusive' }),
  to: TimeInput.openapi({ description: 'Exclusive; at most 400 days later' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  zone: text(253).optional(),
  account_id: Id.optional(),
}

const Currency = z.string().openapi({ description: 'ISO 4217; amounts of others are in rows of their own' })

const revenue = {
  currency: Currency,
  orders: z.int().openapi({ description: 'Orders and renewals that succeeded' }),
  gross: Money.openapi({ description: 'What they were sold for, VAT included' }),
  refunds: Money.openapi({ description: 'What was paid back of it later' }),
  net: Money.openapi({ description: 'Gross less refunds: the postings of the ledger account `revenue`' }),
  vat: Money.openapi({ description: 'Of the invoices issued in the period, less that of credit notes' }),
  registry_costs: Money.openapi({ description: 'What registries charged in this currency' }),
}

const Group = z.string().openapi({
  description: 'The day, month, zone, account or cause; empty where there is none',
  example: '2026-11-28',
})

export const RevenueRow = z
  .object({ group: Group, account_name: z.string().optional(), ...revenue })
  .openapi('RevenueRow')

export const RevenueReport = listOf(RevenueRow, 'RevenueReport')

const Unit = z.enum(['day', 'month']).openapi({ description: 'Of the series: months where it is long' })

export const RevenueSummary = z
  .object({
    unit: Unit,
    totals: z.array(z.object(revenue)).openapi({ description: 'One for each currency' }),
    series: z.array(RevenueRow).openapi({ description: 'The oldest first' }),
  })
  .openapi('RevenueSummary')

const refundSums = {
  currency: Currency,
  refunds: z.int().openapi({ description: 'How many reached a balance or a card' }),
  to_balances: Money,
  to_cards: Money,
  returned: Money.openapi({ description: 'What came back from a card afterwards' }),
  net: Money.openapi({ description: 'To balances and cards, less what came back' }),
}

export const RefundSumsRow = z
  .object({ group: Group, account_name: z.string().optional(), ...refundSums })
  .openapi('RefundSumsRow')

export const RefundReport = listOf(RefundSumsRow, 'RefundReport')

export const RefundSummary = z
  .object({
    unit: Unit,
    totals: z.array(z.object(refundSums)).openapi({ description: 'One for each currency' }),
    series: z.array(RefundSumsRow).openapi({ description: 'The oldest first' }),
  })
  .openapi('RefundSummary')

/** By age in days. */
const aged = {
  total: Money,
  days_0_30: Money,
  days_31_60: Money,
  days_61_90: Money,
  days_over_90: Money,
}

export const Receivable = z
  .object({
    account_id: Id,
    account_name: z.string(),
    is_disabled: z.boolean(),
    credit_limit: Money,
    ...aged,
  })
  .openapi('Receivable')

export const ReceivableList = listOf(Receivable, 'ReceivableList')

export const RefundAgeList = listOf(
  z
    .object({ state: z.enum(refundStates), currency: Currency, refunds: z.int(), ...aged })
    .openapi('RefundAge'),
  'RefundAgeList',
)

export const Ageing = z
  .object({
    receivables: z.array(z.object({ currency: Currency, accounts: z.int(), ...aged })),
    refunds: z.array(z.object({ currency: Currency, refunds: z.int(), ...aged })),
  })
  .openapi('Ageing')

const tags = ['Reports']
const security = reads('money:read')

export const listRevenue = createRoute({
  operationId: 'listRevenue',
  method: 'get',
  path: '/api/revenue-report',
  tags,
  summary: 'Read the revenue of a period by day, month, zone or account',
  description:
    'Each amount counts when it was posted, issued or charged. Registry costs are no more than what registries charged: neither VAT that nobody asked an invoice for nor other currencies are in them, so there is no margin.',
  security,
  request: { query: z.strictObject({ ...paging, by: z.enum(revenueGroups).default('day'), ...period }) },
  responses: {
    200: json(RevenueReport, 'A page of rows'),
    ...readProblems('invalid_request', 'invalid_period'),
  },
})

export const getRevenueSummary = createRoute({
  operationId: 'getRevenueSummary',
  method: 'get',
  path: '/api/revenue-summary',
  tags,
  summary: 'Read the revenue of a period in all, and over time',
  security,
  request: { query: z.strictObject(period) },
  responses: {
    200: json(RevenueSummary, 'Totals and series'),
    ...readProblems('invalid_request', 'invalid_period'),
  },
})

const cause = z.enum(refundCauses).optional()

export const listRefundSums = createRoute({
  operationId: 'listRefundSums',
  method: 'get',
  path: '/api/refund-report',
  tags,
  summary: 'Read the refunds of a period by day, month, zone, account or cause',
  description:
    'What customers got back, when it was posted: to a balance at once, to a card when the provider has paid it.',
  security,
  request: {
    query: z.strictObject({ ...paging, by: z.enum(refundGroups).default('day'), cause, ...period }),
  },
  responses: {
    200: json(RefundReport, 'A page of rows'),
    ...readProblems('invalid_request', 'invalid_period'),
  },
})

export const getRefundSummary = createRoute({
  operationId: 'getRefundSummary',
  method: 'get',
  path: '/api/refund-summary',
  tags,
  summary: 'Read the refunds of a period in all, and over time',
  security,
  request: { query: z.strictObject({ cause, ...period }) },
  responses: {
    200: json(RefundSummary, 'Totals and series'),
    ...readProblems('invalid_request', 'invalid_period'),
  },
})

export const listReceivables = createRoute({
  operationId: 'listReceivables',
  method: 'get',
  path: '/api/receivables',
  tags,
  summary: 'List what accounts owe, the oldest debt first',
  description: 'By the age of the debits that are unpaid: money that comes in pays the oldest ones.',
  security,
  request: { query: z.strictObject({ ...paging, currency: period.currency }) },
  responses: { 200: json(ReceivableList, 'A page of accounts'), ...readProblems('invalid_request') },
})

export const listRefundAges = createRoute({
  operationId: 'listRefundAges',
  method: 'get',
  path: '/api/refund-ages',
  tags,
  summary: 'List open refunds by state and by the time since they were created',
  security,
  responses: { 200: json(RefundAgeList, 'All of them'), ...readProblems() },
})

export const getAgeing = createRoute({
  operationId: 'getAgeing',
  method: 'get',
  path: '/api/ageing',
  tags,
  summary: 'Read what is owed to us and to customers by age, in all',
  security,
  responses: { 200: json(Ageing, 'One of each currency'), ...readProblems() },
})
