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
import { askedPage, Cursor, keyWith, Limit, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { opened, replyOpened, requireCards } from './payments.ts'

export const Balance = z
  .object({
    balance: Money.openapi({ description: 'What orders are paid from' }),
    credit_limit: Money.openapi({ description: 'How far the balance may fall below zero' }),
    available: Money.openapi({
      description: 'Balance and credit together: what can be spent now; below zero when more is owed',
    }),
    in_escrow: Money.openapi({ description: 'Held for backorders and renewals that are not decided yet' }),
  })
  .openapi('Balance')

const BalanceCause = z.enum(balanceCauses)

/** One movement of the balance. The amounts of all of an account's transactions sum to its balance. */
const Transaction = z
  .object({
    id: Id,
    cause: BalanceCause,
    amount: Money.openapi({ description: 'Above zero when the balance grew' }),
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
    credit: Money.openapi({ description: 'What came in, at least zero' }),
    debit: Money.openapi({ description: 'What went out, at least zero' }),
  })
  .openapi('Activity')

/** `opening` + every `credit` − every `debit` = `closing`. */
export const Statement = z
  .object({
    from: Time,
    to: Time,
    opening: Money.openapi({ description: 'The balance at `from`' }),
    activity: z.array(Activity),
    closing: Money.openapi({ description: 'The balance at `to`: opening and activity together' }),
  })
  .openapi('Statement')

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

const TopUp = z
  .strictObject({
    amount_minor: z
      .int()
      .openapi({ description: 'In minor units of the currency of the account', example: 50_000 }),
  })
  .openapi('TopUp')

const tags = ['Money']

const topUp = createRoute({
  operationId: 'topUp',
  method: 'post',
  path: '/v1/top-ups',
  tags: ['Payments'],
  summary: 'Open a card payment that tops up the balance',
  description: 'The balance grows when the payment is captured.',
  security: keyWith('backorders:write'),
  request: { body: body(TopUp) },
  responses: {
    201: opened,
    ...problems(...bodyProblems, 'amount_out_of_range', 'card_unavailable', 'payment_limit_reached'),
  },
})

const getBalance = createRoute({
  operationId: 'getBalance',
  method: 'get',
  path: '/v1/balance',
  tags,
  summary: 'Read the balance of the account',
  security: keyWith('balance:read'),
  responses: { 200: json(Balance, 'The balance'), ...problems() },
})

const listTransactions = createRoute({
  operationId: 'listTransactions',
  method: 'get',
  path: '/v1/transactions',
  tags,
  summary: 'List every movement of the balance, newest first',
  security: keyWith('balance:read'),
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(TransactionPage, 'A page of transactions'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})

const getStatement = createRoute({
  operationId: 'getStatement',
  method: 'get',
  path: '/v1/statement',
  tags,
  summary: 'Read the account statement of a period',
  description:
    'The period holds `from` and ends before `to`, so that statements of adjoining periods add up.',
  security: keyWith('balance:read'),
  request: { query: z.strictObject({ from: TimeInput, to: TimeInput }) },
  responses: {
    200: json(Statement, 'What the balance was, what moved it, and what it came to'),
    ...problems('invalid_request', 'invalid_period'),
  },
})

const getForecast = createRoute({
  operationId: 'getForecast',
  method: 'get',
  path: '/v1/forecast',
  tags,
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

export const accountOperations = { topUp, getBalance, listTransactions, getStatement, getForecast }

export function mountAccounts(app: Gateway): void {
  app.openapi(topUp, async (c) => {
    const { amountMinor } = fromWire(c.req.valid('json'))
    const provider = requireCards(c)
    return replyOpened(c, provider, await openTopUp(c.var.ctx, amountMinor))
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
