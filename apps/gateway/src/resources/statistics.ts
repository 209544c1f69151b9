import { Money } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import { listZoneStatistics } from '@droplock/core/statistics/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { releases } from '@droplock/rules/schedule/release'
import { STATISTIC_ORDERS_MIN, type StatisticPeriod } from '@droplock/rules/statistics'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, keyWith, Limit, NameCursor, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'

const periods = ['month', 'quarter', 'year'] as const satisfies readonly StatisticPeriod[]

const Percent = z.int().min(0).max(100)
const within = (limit: string) => Percent.openapi({ description: `By ${limit} at most, in percent` })

const ZoneResult = z
  .object({
    release: z.enum(releases).openapi({ description: 'How the registry released the names' }),
    price_from: Money.openapi({ description: 'The prices of the orders begin here' }),
    price_below: Money.optional().openapi({
      description: 'They are below this; absent for the highest band',
    }),
    orders: z.int().openapi({
      description: `Orders that were decided, of all customers together, rounded down to tens. Where they are fewer than ${STATISTIC_ORDERS_MIN} nothing is shown`,
    }),
    success_percent: Percent.openapi({ description: 'Names that we caught' }),
    lost_percent: Percent.openapi({ description: 'Names that another registrar registered first' }),
    creates_per_success: z
      .number()
      .optional()
      .openapi({ description: 'All creates, by names caught; absent if none was', example: 14.2 }),
    wasted_percent: Percent.optional().openapi({
      description:
        'Creates that certainly could not register the name: those that came after another registrar’s, that the registry refused to judge, or of names that were not released. Absent if no create was sent',
    }),
    lost_within: z
      .object({
        ms10: within('10 ms'),
        ms100: within('100 ms'),
        s1: within('a second'),
        s10: within('10 seconds'),
      })
      .optional()
      .openapi({
        description:
          'Of the lost names of which it is known by how much, the shares that were lost by at most so much; see `LostBy`. Absent if these are few',
      }),
  })
  .openapi('ZoneResult')

const ZoneStatistics = z
  .object({
    zone: z.string().openapi({ description: 'A-labels, lower case', example: 'com' }),
    results: z.array(ZoneResult).openapi({
      description: 'By release model and price; empty for a zone with few orders in the period',
    }),
  })
  .openapi('ZoneStatistics')
export const ZoneStatisticsPage = pageOf(ZoneStatistics, 'ZoneStatisticsPage')

const listStatistics = createRoute({
  operationId: 'listStatistics',
  method: 'get',
  path: '/v1/statistics',
  tags: ['Zones'],
  summary: 'Results by zone, release model and price, of all customers together',
  description:
    'Each order is counted once, when it is decided. The period ends with yesterday (UTC). What a single customer ordered cannot be seen: small groups are left out, and numbers are rounded.',
  security: keyWith('listings:read'),
  request: {
    query: z.strictObject({
      period: z.enum(periods).default('quarter').openapi({ description: 'The last 30, 90 or 365 days' }),
      cursor: NameCursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(ZoneStatisticsPage, 'A page of zones, by name'),
    ...problems('invalid_request', 'invalid_cursor', 'read_limit_reached'),
  },
})

export const statisticOperations = { listStatistics }

export function mountStatistics(app: Gateway): void {
  app.openapi(listStatistics, async (c) => {
    const { period, ...page } = c.req.valid('query')
    const found = await listZoneStatistics(c.var.ctx, { period, ...askedPage(page) })
    return reply(c, 200, ZoneStatisticsPage, wire(found))
  })
}
