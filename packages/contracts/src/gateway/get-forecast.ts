import { RENEWAL_LEAD_DAYS } from '@droplock/rules/renewals'
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
      description:
        'Paid for backorders and renewals that are not decided yet: spent or returned by their results',
    }),
    to_pay: Due.openapi({ description: 'Orders that are held unpaid and close by `until`' }),
    watched: Due.openapi({
      description:
        'Watched names that close by `until` and that nobody holds, at the prices of today; those that open only later are counted too',
    }),
    renewals: Due.openapi({
      description: `Caught names that expire by ${RENEWAL_LEAD_DAYS} days after \`until\` and are not renewed beyond that, for one year each at the prices of today. Who renews later than ${RENEWAL_LEAD_DAYS} days before the expiry risks the name. A renewal that waits for its card counts until it is paid. A name that is not renewed in the currency of the account is counted and adds nothing to the amount`,
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
  summary: 'Forecast what the names that close soon and the renewals due would cost',
  security: keyWith('balance:read'),
  request: {
    query: z.strictObject({
      until: TimeInput.optional().openapi({
        description:
          'Names whose orders close and renewals that are due by then; the end of tomorrow, UTC, unless told',
      }),
    }),
  },
  responses: {
    200: json(Forecast, 'What would be to pay, beside what is available'),
    ...problems('invalid_request'),
  },
})
