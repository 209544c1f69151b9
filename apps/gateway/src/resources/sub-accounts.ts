import { line } from '@droplock/contracts/common/party'
import { Id, Money, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import * as core from '@droplock/core/sub-accounts'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import {
  askedPage,
  Cursor,
  keyWith,
  Limit,
  made,
  onceByKey,
  onlyIfUnchanged,
  pageOf,
  problems,
  readMoney,
  versioned,
} from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

const label = line(100).openapi({ example: 'Berlin office' })

/** An amount of 0 or more. */
const MonthlyLimit = z
  .strictObject({ amount_minor: z.int().min(0), currency: Money.shape.currency })
  .openapi({ description: 'In the currency of your account' })

export const SubAccount = z
  .object({
    id: Id,
    label: z.string(),
    monthly_limit: Money.optional().openapi({ description: 'Absent: no limit but that of the balance' }),
    spent: Money.openapi({
      description:
        'What its orders and renewals have taken from the balance in `month`, less those that failed. Payments by card do not count',
    }),
    month: z.string().openapi({ description: 'The current month (UTC)', example: '2026-02' }),
    created_at: Time,
  })
  .openapi('SubAccount')

export const SubAccountPage = pageOf(SubAccount, 'SubAccountPage')

const tags = ['Sub-accounts']
const params = z.strictObject({ id: Id })
const security = keyWith('keys:manage')

const listSubAccounts = createRoute({
  operationId: 'listSubAccounts',
  method: 'get',
  path: '/v1/sub-accounts',
  tags,
  summary: 'List the sub-accounts with what they spent this month, newest first',
  description: 'What was spent counts orders of the current month, in UTC.',
  security,
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(SubAccountPage, 'A page of sub-accounts'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const createSubAccount = createRoute(
  onceByKey({
    operationId: 'createSubAccount',
    method: 'post',
    path: '/v1/sub-accounts',
    tags,
    summary: 'Make a sub-account',
    description:
      'A label on keys and orders, with a monthly limit under the balance of your account. An order by a key of a sub-account belongs to it, and such a key sees the orders of its sub-account alone.',
    security,
    request: {
      body: body(
        z.strictObject({ label, monthly_limit: MonthlyLimit.optional() }).openapi('CreateSubAccount'),
      ),
    },
    responses: {
      201: made(SubAccount, 'sub-account', 'The sub-account'),
      ...problems(...bodyProblems, 'key_exceeds_own', 'sub_account_exists', 'currency_mismatch'),
    },
  }),
)

const getSubAccount = createRoute({
  operationId: 'getSubAccount',
  method: 'get',
  path: '/v1/sub-accounts/{id}',
  tags,
  summary: 'Read a sub-account with what it spent this month',
  description: 'The answer has the `ETag` that an edit needs.',
  security,
  request: { params },
  responses: {
    200: versioned(SubAccount, 'The sub-account'),
    ...problems('invalid_request', 'sub_account_not_found'),
  },
})

const updateSubAccount = createRoute(
  onlyIfUnchanged({
    operationId: 'updateSubAccount',
    method: 'patch',
    path: '/v1/sub-accounts/{id}',
    tags,
    summary: 'Change the label or the monthly limit of a sub-account',
    description:
      'What is left out stays; a limit of `null` removes it. A limit below what is spent refuses further orders this month, and undoes none.',
    security,
    request: {
      params,
      body: body(
        z
          .strictObject({ label: label.optional(), monthly_limit: MonthlyLimit.nullish() })
          .openapi('UpdateSubAccount'),
      ),
    },
    responses: {
      200: versioned(SubAccount, 'The sub-account as it is now'),
      ...problems(
        ...bodyProblems,
        'key_exceeds_own',
        'sub_account_not_found',
        'sub_account_exists',
        'currency_mismatch',
      ),
    },
  }),
)

export const subAccountOperations = { listSubAccounts, createSubAccount, getSubAccount, updateSubAccount }

export function mountSubAccounts(app: Gateway): void {
  app.openapi(listSubAccounts, async (c) => {
    const page = await core.listSubAccounts(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, SubAccountPage, wire(page))
  })

  app.openapi(createSubAccount, async (c) => {
    const wanted = readTerms(c.req.valid('json'))
    return replyOnce(c, 201, SubAccount, async (ctx) => {
      const value = wire(await core.makeSubAccount(ctx, { ...wanted, label: c.req.valid('json').label }))
      return { value, location: `/v1/sub-accounts/${value.id}` }
    })
  })

  app.openapi(getSubAccount, async (c) => {
    const found = await core.getSubAccount(c.var.ctx, c.req.valid('param').id)
    setETag(c, found.version)
    return reply(c, 200, SubAccount, wire(found))
  })

  app.openapi(updateSubAccount, async (c) => {
    const terms = readTerms(c.req.valid('json'))
    const change = { ...terms, id: c.req.valid('param').id, precondition: readPrecondition(c) }
    const changed = await core.changeSubAccount(c.var.ctx, change)
    setETag(c, changed.version)
    return reply(c, 200, SubAccount, wire(changed))
  })
}

type Terms = {
  readonly label?: string | undefined
  readonly monthly_limit?: z.output<typeof MonthlyLimit> | null | undefined
}

function readTerms({ label: name, monthly_limit: limit }: Terms) {
  return { label: name, monthlyLimit: limit ? readMoney(limit) : limit }
}
