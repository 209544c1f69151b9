import { DomainName, Id, Money, Time, TimeInput } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import { balanceCauses } from '@droplock/contracts/common/words'
import { getForecast as readForecast } from '@droplock/core/accounts/get-forecast'
import { getBalance as readBalance } from '@droplock/core/accounts/read'
import * as statement from '@droplock/core/accounts/statement'
import { openTopUp } from '@droplock/core/accounts/top-up'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { RENEWAL_LEAD_DAYS } from '@droplock/rules/renewals'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, onceByKey, pageOf, problems, ReturnUrl } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { opened, replyOpened } from './payments.ts'

export const Balance = z
  .object({
    balance: Money.openapi({ description: 'Orders are paid from this' }),
    credit_limit: Money.openapi({ description: 'How far the balance may go below zero' }),
    available: Money.openapi({
      description:
        'Balance plus credit: what can be spent now; negative if the account owes more than its credit',
    }),
    in_escrow: Money.openapi({
      description: 'Held for backorders and renewals whose result is not known yet',
    }),
  })
  .openapi('Balance')

const BalanceCause = z.enum(balanceCauses)

/** One movement of the balance. The amounts of all of an account's transactions sum to its balance. */
const Transaction = z
  .object({
    id: Id,
    cause: BalanceCause,
    amount: Money.openapi({ description: 'Positive when the balance increased' }),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    name: DomainName.optional(),
    posted_at: Time,
  })
  .openapi('Transaction')

export const TransactionPage = pageOf(Transaction, 'TransactionPage')

const Activity = z
  .object({
    cause: BalanceCause,
    count: z.int(),
    credit: Money.openapi({ description: 'Credited, at least zero' }),
    debit: Money.openapi({ description: 'Debited, at least zero' }),
  })
  .openapi('Activity')

/** `opening` + every `credit` − every `debit` = `closing`. */
export const Statement = z
  .object({
    from: Time,
    to: Time,
    opening: Money.openapi({ description: 'The balance at `from`' }),
    activity: z.array(Activity),
    closing: Money.openapi({ description: 'The balance at `to`: opening balance plus activity' }),
  })
  .openapi('Statement')

const Due = z.object({ count: z.int(), amount: Money }).openapi('Due')

export const Forecast = z
  .object({
    until: Time,
    balance: Money,
    available: Money.openapi({ description: 'Balance plus credit: what can be spent now' }),
    undecided: Money.openapi({
      description:
        'Held for backorders and renewals whose result is not known yet: spent or refunded depending on the result',
    }),
    to_pay: Due.openapi({ description: 'Held, unpaid backorders whose orders close by `until`' }),
    watched: Due.openapi({
      description:
        'Watched names whose orders close by `until` and that no account holds, at current prices; names whose orders have not opened yet are included',
    }),
    renewals: Due.openapi({
      description: `Caught names that expire within ${RENEWAL_LEAD_DAYS} days after \`until\` and are not renewed beyond that, for one year each at current prices. Renewing later than ${RENEWAL_LEAD_DAYS} days before the expiry date risks losing the name. A renewal that awaits its card payment is included until it is paid. A name without a renewal price in the currency of the account is counted but adds nothing to the amount`,
    }),
    shortfall: Money.openapi({
      description: 'What is missing to pay for all of it from the balance; zero if nothing is',
    }),
  })
  .openapi('Forecast')

const TopUp = z
  .strictObject({
    amount_minor: z
      .int()
      .openapi({ description: 'In minor units of the currency of the account', example: 50_000 }),
    return_url: ReturnUrl,
  })
  .openapi('TopUp')

const tags = ['Money']

const topUp = createRoute(
  onceByKey({
    operationId: 'topUp',
    method: 'post',
    path: '/v1/top-ups',
    tags: ['Payments'],
    summary: 'Open a card payment that tops up the balance',
    description: 'The balance increases when the payment is captured.',
    security: keyWith('backorders:write'),
    request: { body: body(TopUp) },
    responses: {
      201: opened,
      ...problems(...bodyProblems, 'amount_out_of_range', 'card_unavailable', 'payment_limit_reached'),
    },
  }),
)

const getBalance = createRoute({
  operationId: 'getBalance',
  method: 'get',
  path: '/v1/balance',
  tags,
  summary: 'Read the balance of the account',
  description:
    '`available` is what an order can use now: the balance and the credit limit. `in_escrow` is paid for orders that are not decided yet.',
  security: keyWith('balance:read'),
  responses: { 200: json(Balance, 'The balance'), ...problems() },
})

const listTransactions = createRoute({
  operationId: 'listTransactions',
  method: 'get',
  path: '/v1/transactions',
  tags,
  summary: 'List the transactions of the balance, newest first',
  description:
    'Everything that moved the balance: top-ups, orders, refunds, and disputes. With `from` and `to` the lines of the statement of that period.',
  security: keyWith('balance:read'),
  request: {
    query: z.strictObject({
      from: TimeInput.optional().openapi({ description: 'The first instant of the period' }),
      to: TimeInput.optional().openapi({ description: 'The period ends just before it' }),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(TransactionPage, 'A page of transactions'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_period', 'invalid_cursor'),
  },
})

const getStatement = createRoute({
  operationId: 'getStatement',
  method: 'get',
  path: '/v1/statement',
  tags,
  summary: 'Read the account statement of a period',
  description:
    'The period includes `from` and ends just before `to`, so that statements of consecutive periods add up.',
  security: keyWith('balance:read'),
  request: { query: z.strictObject({ from: TimeInput, to: TimeInput }) },
  responses: {
    200: json(Statement, 'The opening balance, the activity and the closing balance'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_period'),
  },
})

const getForecast = createRoute({
  operationId: 'getForecast',
  method: 'get',
  path: '/v1/forecast',
  tags,
  summary: 'Forecast the cost of names that close soon and of renewals that are due',
  description:
    'What would be needed until the end of the period, and by how much the balance falls short of that.',
  security: keyWith('balance:read'),
  request: {
    query: z.strictObject({
      until: TimeInput.optional().openapi({
        description: 'The end of the forecast; if left out, the end of tomorrow (UTC)',
      }),
    }),
  },
  responses: {
    200: json(Forecast, 'What would have to be paid, and what is available'),
    ...problems('read_limit_reached', 'invalid_request'),
  },
})

export const accountOperations = { topUp, getBalance, listTransactions, getStatement, getForecast }

export function mountAccounts(app: Gateway): void {
  app.openapi(topUp, (c) => {
    const { amountMinor, returnUrl } = fromWire(c.req.valid('json'))
    return replyOpened(c, (ctx) => openTopUp(ctx, amountMinor, returnUrl))
  })

  app.openapi(getBalance, async (c) => {
    const { escrowMinor: inEscrowMinor, ...balance } = await readBalance(c.var.ctx)
    return reply(c, 200, Balance, wire({ ...balance, inEscrowMinor }))
  })

  app.openapi(listTransactions, async (c) => {
    const page = await statement.listTransactions(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, TransactionPage, wire(page))
  })

  app.openapi(getStatement, async (c) =>
    reply(c, 200, Statement, wire(await statement.getStatement(c.var.ctx, c.req.valid('query')))),
  )

  app.openapi(getForecast, async (c) => {
    const { until } = c.req.valid('query')
    return reply(c, 200, Forecast, wire(await readForecast(c.var.ctx, until)))
  })
}
