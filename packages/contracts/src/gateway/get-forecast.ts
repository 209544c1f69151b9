import { createRoute, z } from '@hono/zod-openapi'
import { Money, Time, TimeInput } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'

const Due = z.object({ count: z.int(), amount: Money }).openapi('Due')

export const Forecast = z
  .object({
    until: Time,
    balance: Money,
    available: Money.openapi({ description: 'Balance and credit together: what can be spent now' }),
    undecided: Money.openapi({
      description: 'Paid for backorders that are not decided yet: spent or returned by their results',
    }),
    to_pay: Due.openapi({ description: 'Orders that are held unpaid and close by `until`' }),
    watched: Due.openapi({
      description:
        'Watched names that close by `until` and that nobody holds, at the prices of today; those that open only later are counted too',
    }),
    shortfall: Money.openapi({
      description: 'What is missing to pay all of it from the balance; zero when nothing is',
    }),
  })
  .openapi('Forecast')

export const getForecast = createRoute({
  operationId: 'getForecast',
  method: 'get',
  path: '/v1/forecast',
  tags: ['Money'],
  summary: 'Forecast what the names that close soon would cost',
  security: keyWith('balance:read'),
  request: {
    query: z.strictObject({
      until: TimeInput.optional().openapi({
        description: 'Names whose orders close by then; the end of tomorrow, UTC, unless told',
      }),
    }),
  },
  responses: {
    200: json(Forecast, 'What would be to pay, beside what is available'),
    ...problems('invalid_request'),
  },
})
