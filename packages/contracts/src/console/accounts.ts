import { accountStates } from '@droplock/rules/accounts'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { balanceCauses } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, Search, sorting, TimeInput } from './paging.ts'

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    currency: z.string(),
    created_at: Time,
    state: z.enum(accountStates).openapi({
      description: 'The keys of a suspended account are refused until it is resumed; a closed one has ended',
    }),
    disabled_at: Time.optional(),
    closed_at: Time.optional(),
    balance: Money.openapi({ description: 'Negative when the account owes money' }),
    credit_limit: Money,
    available: Money.openapi({ description: 'Balance plus credit: what can be spent now' }),
    escrow: Money.openapi({ description: 'Held for backorders and renewals whose result is not known yet' }),
    open_holds: z.int().openapi({ description: 'Unpaid orders that currently hold a name' }),
    open_holds_max_before_paid: z.int(),
    open_holds_max: z.int(),
    has_paid: z
      .boolean()
      .openapi({ description: 'Whether any order was ever paid; if so, `open_holds_max` applies' }),
    watches_max: z.int(),
    reads_per_minute_max: z.int(),
    claims_per_minute_max: z.int(),
    low_balance: Money.optional().openapi({ description: 'Below this the account is notified' }),
    version: z.int().openapi({ description: 'Raised by each edit; an edit names the one that it changes' }),
  })
  .openapi('Account')

export const AccountDetail = z
  .object({
    ...Account.shape,
    watches: z.int().openapi({ description: 'Names on its watch list' }),
    registrations: z.int().openapi({ description: 'Names that it holds and pays to renew' }),
    closed_by: z.string().optional(),
    billing: z
      .object({
        legal_name: z.string(),
        address: z.string(),
        country: z.string(),
        tax_id: z.string().optional(),
        email: z.string(),
      })
      .optional()
      .openapi({ description: 'Whom its invoices name' }),
  })
  .openapi('AccountDetail')

export const AccountList = listOf(Account, 'AccountList')

export const Statement = z
  .object({
    from: Time,
    to: Time.openapi({ description: 'Exclusive' }),
    opening: Money,
    activity: z.array(
      z.object({
        cause: z.enum(balanceCauses),
        count: z.int(),
        credit: Money.openapi({ description: 'Credited, at least zero' }),
        debit: Money.openapi({ description: 'Debited, at least zero' }),
      }),
    ),
    closing: Money.openapi({ description: 'Opening balance plus all activity' }),
  })
  .openapi('Statement')

export const AccountTransaction = z
  .object({
    id: Id.openapi({ description: 'The id of the order, refund or receipt that caused it' }),
    cause: z.enum(balanceCauses),
    amount: Money.openapi({ description: 'Positive: credited. Negative: debited' }),
    backorder_id: Id.optional(),
    name: DomainName.optional(),
    posted_at: Time,
  })
  .openapi('AccountTransaction')

export const AccountTransactionList = listOf(AccountTransaction, 'AccountTransactionList')

const Version = z.int().openapi({ description: 'The `version` that was edited' })

export const SetCreditLimit = z
  .strictObject({
    limit_minor: z
      .int()
      .min(0)
      .openapi({ description: "In minor units of the account's currency; 0 means no credit" }),
    version: Version,
    reason: Reason,
  })
  .openapi('SetCreditLimit')

const SetHoldLimits = z
  .strictObject({ before_paid: z.int(), after_paid: z.int(), version: Version, reason: Reason })
  .openapi('SetHoldLimits')

const tags = ['Accounts']
const params = z.strictObject({ id: Id })

export const listAccounts = createRoute({
  operationId: 'listAccounts',
  method: 'get',
  path: '/api/accounts',
  tags,
  summary: 'List customer accounts',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['name', 'balance', 'created_at'], { field: 'name', order: 'asc' }),
      q: Search,
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      owing: Flag,
      state: z.enum(accountStates).optional(),
    }),
  },
  responses: { 200: json(AccountList, 'A page of accounts'), ...readProblems('invalid_request') },
})

export const getAccount = createRoute({
  operationId: 'getAccount',
  method: 'get',
  path: '/api/accounts/{id}',
  tags,
  summary: 'Read an account with its balance and limits',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: json(AccountDetail, 'The account'),
    ...readProblems('invalid_request', 'account_not_found'),
  },
})

export const getAccountStatement = createRoute({
  operationId: 'getAccountStatement',
  method: 'get',
  path: '/api/accounts/{id}/statement',
  tags,
  summary: 'Read the account statement of a period',
  security: reads('money:read'),
  request: { params, query: z.strictObject({ from: TimeInput, to: TimeInput }) },
  responses: {
    200: json(Statement, 'The statement'),
    ...readProblems('invalid_request', 'account_not_found', 'invalid_period'),
  },
})

export const listAccountTransactions = createRoute({
  operationId: 'listAccountTransactions',
  method: 'get',
  path: '/api/accounts/{id}/transactions',
  tags,
  summary: 'List the transactions of an account, newest first',
  security: reads('money:read'),
  request: {
    params,
    query: z.strictObject({ ...paging, from: TimeInput.optional(), to: TimeInput.optional() }),
  },
  responses: {
    200: json(AccountTransactionList, 'A page of transactions'),
    ...readProblems('invalid_request', 'account_not_found'),
  },
})

export const setCreditLimit = createRoute({
  operationId: 'setCreditLimit',
  method: 'post',
  path: '/api/accounts/{id}/credit-limit',
  tags,
  summary: 'Set the credit limit of an account',
  security: changes('credit:set'),
  request: { params, body: body(SetCreditLimit) },
  responses: {
    200: json(Account, 'The account'),
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'account_closed',
      'amount_out_of_range',
      'grant_needs_approval',
      'precondition_failed',
    ),
  },
})

export const setHoldLimits = createRoute({
  operationId: 'setHoldLimits',
  method: 'post',
  path: '/api/accounts/{id}/hold-limits',
  tags,
  summary: 'Set how many unpaid orders an account may have at once',
  security: changes('holds:set'),
  request: { params, body: body(SetHoldLimits) },
  responses: {
    200: json(Account, 'The account'),
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'hold_limits_out_of_range',
      'precondition_failed',
    ),
  },
})
