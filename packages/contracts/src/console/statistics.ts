import { releases } from '@droplock/rules/schedule/release'
import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, Money, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { outcomes } from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

export const OrderStatisticList = listOf(
  z
    .object({
      day: z.string().openapi({ description: 'UTC', example: '2026-11-28' }),
      zone: z.string(),
      release: z.enum(releases).openapi({ description: 'As it was when they were decided' }),
      price_from: Money.openapi({ description: 'The prices of the orders begin here' }),
      price_below: Money.optional().openapi({
        description: 'They are below this; absent for the highest band',
      }),
      outcome: z.enum(outcomes),
      orders: z.int().openapi({ description: 'Decided on this day' }),
      creates: z
        .int()
        .openapi({ description: 'Sent for them, as far as it was known when they were decided' }),
      wasted_creates: z
        .int()
        .openapi({ description: 'Those of them that certainly could not register the name' }),
      lost_by: z
        .object({
          ms10: z.int(),
          ms100: z.int(),
          s1: z.int(),
          s10: z.int(),
          more: z.int(),
          unknown: z.int(),
        })
        .openapi({ description: 'Lost orders, each once, by the most that it can have been lost by' }),
    })
    .openapi('OrderStatistic'),
  'OrderStatisticList',
)

export const ZoneOutcomesList = listOf(
  z
    .object({
      zone: z.string(),
      orders: z.int().openapi({ description: 'Decided in the period' }),
      caught: z.int(),
      lost: z.int(),
      missed: z.int().openapi({ description: 'Not released in their window and its grace' }),
      not_available: z.int().openapi({ description: 'Premium, withdrawn or refused' }),
      caught_percent: z.number().openapi({ description: 'Of all orders' }),
      creates: z.int(),
      wasted_creates: z
        .int()
        .openapi({ description: 'Those of the creates that certainly could not register the name' }),
      lost_within100ms: z.int().openapi({ description: 'Certainly lost by at most 100 ms' }),
      lost_within1s: z.int().openapi({ description: 'Certainly lost by at most a second' }),
    })
    .openapi('ZoneOutcomes'),
  'ZoneOutcomesList',
)

export const listZoneOutcomes = createRoute({
  operationId: 'listZoneOutcomes',
  method: 'get',
  path: '/api/zone-outcomes',
  tags: ['Overview'],
  summary: 'What became of decided orders, by zone, those with most orders first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      zone: text(253).optional(),
      from: DateInput.optional(),
      to: DateInput.optional(),
    }),
  },
  responses: { 200: json(ZoneOutcomesList, 'A page of zones'), ...readProblems('invalid_request') },
})

export const listStatistics = createRoute({
  operationId: 'listStatistics',
  method: 'get',
  path: '/api/statistics',
  tags: ['Overview'],
  summary: 'What is counted of decided orders, the newest day first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      zone: text(253).optional(),
      from: DateInput.optional(),
      to: DateInput.optional(),
    }),
  },
  responses: { 200: json(OrderStatisticList, 'A page of counts'), ...readProblems('invalid_request') },
})
