import { scopes } from '@droplock/rules/accounts'
import { createRoute, z } from '@hono/zod-openapi'
import { NETWORKS_MAX, Network } from '../common/network.ts'
import { line, party } from '../common/party.ts'
import { Id, Time, TimeInput } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { Account } from './accounts.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const tags = ['Resellers']
const params = z.strictObject({ id: Id })
const Version = z.int().openapi({ description: 'The `version` that was edited' })
const reasoned = body(z.strictObject({ reason: Reason }).openapi('AccountDecision'))

export const openAccount = createRoute({
  operationId: 'openAccount',
  method: 'post',
  path: '/api/accounts',
  tags,
  summary: 'Open an account with an empty balance',
  security: changes('resellers:manage'),
  request: {
    body: body(
      z
        .strictObject({
          name: line(200).openapi({ example: 'Anchor Names' }),
          currency: z.string().regex(/^[A-Z]{3}$/, 'three letters'),
          billing: z
            .strictObject({ ...party, email: z.email().max(254) })
            .optional()
            .openapi({ description: 'Whom its invoices name; the account can set it too' }),
        })
        .openapi('OpenAccount'),
    ),
  },
  responses: { 201: json(Account, 'The account'), ...changeProblems() },
})

export const renameAccount = createRoute({
  operationId: 'renameAccount',
  method: 'post',
  path: '/api/accounts/{id}/name',
  tags,
  summary: 'Rename an account; issued invoices keep the old name',
  security: changes('resellers:manage'),
  request: {
    params,
    body: body(
      z.strictObject({ name: line(200), version: Version, reason: Reason }).openapi('RenameAccount'),
    ),
  },
  responses: {
    200: json(Account, 'The account'),
    ...changeProblems('reason_required', 'account_not_found', 'precondition_failed'),
  },
})

export const suspendAccount = createRoute({
  operationId: 'suspendAccount',
  method: 'post',
  path: '/api/accounts/{id}/suspend',
  tags,
  summary: 'Suspend an account',
  description:
    'All of its keys are refused from now on. What it has ordered is caught or refunded as before.',
  security: changes('resellers:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(Account, 'The account, suspended'),
    ...changeProblems('reason_required', 'account_not_found', 'account_closed'),
  },
})

export const resumeAccount = createRoute({
  operationId: 'resumeAccount',
  method: 'post',
  path: '/api/accounts/{id}/resume',
  tags,
  summary: 'Resume a suspended account',
  description: 'Its keys are accepted again, except those that were revoked or have expired.',
  security: changes('resellers:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(Account, 'The account, open'),
    ...changeProblems('reason_required', 'account_not_found', 'account_closed'),
  },
})

export const closeAccount = createRoute({
  operationId: 'closeAccount',
  method: 'post',
  path: '/api/accounts/{id}/close',
  tags,
  summary: 'Close a suspended account for good',
  description:
    'Its balance is zero and nothing of it is open. Closing moves no money: refund top-ups or reverse transfers before. Its credit ends.',
  security: changes('resellers:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(Account, 'The account, closed'),
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'account_closed',
      'account_not_suspended',
      'account_has_open_orders',
      'account_has_balance',
    ),
  },
})

export const setRateLimits = createRoute({
  operationId: 'setRateLimits',
  method: 'post',
  path: '/api/accounts/{id}/rate-limits',
  tags,
  summary: 'Set how many requests an account may send in a minute',
  security: changes('resellers:manage'),
  request: {
    params,
    body: body(
      z
        .strictObject({
          reads_per_minute: z.int(),
          claims_per_minute: z.int(),
          version: Version,
          reason: Reason,
        })
        .openapi('SetRateLimits'),
    ),
  },
  responses: {
    200: json(Account, 'The account'),
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'rate_limits_out_of_range',
      'precondition_failed',
    ),
  },
})

export const setWatchLimit = createRoute({
  operationId: 'setWatchLimit',
  method: 'post',
  path: '/api/accounts/{id}/watch-limit',
  tags,
  summary: 'Set how many names an account may watch',
  security: changes('resellers:manage'),
  request: {
    params,
    body: body(
      z.strictObject({ watches_max: z.int(), version: Version, reason: Reason }).openapi('SetWatchLimit'),
    ),
  },
  responses: {
    200: json(Account, 'The account'),
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'watch_limit_out_of_range',
      'precondition_failed',
    ),
  },
})

const key = {
  id: Id,
  account_id: Id,
  account_name: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  created_at: Time,
  expires_at: Time.optional(),
  allowed_addresses: z.array(z.string()).optional(),
  last_used_on: z.iso.date().optional().openapi({ description: 'The last day (UTC) on which it was used' }),
  sub_account: z.string().optional().openapi({ description: 'The sub-account for which alone it acts' }),
  revoked_at: Time.optional(),
} as const

export const AccountApiKey = z.object(key).openapi('AccountApiKey')
export const AccountApiKeyList = listOf(AccountApiKey, 'AccountApiKeyList')

export const IssuedApiKey = z
  .object({
    id: Id,
    key: z.string().openapi({ description: 'The key itself: shown this once, and stored nowhere' }),
  })
  .openapi('IssuedApiKey')

export const listAccountKeys = createRoute({
  operationId: 'listAccountKeys',
  method: 'get',
  path: '/api/accounts/{id}/api-keys',
  tags,
  summary: 'List the API keys of an account, newest first, revoked ones too',
  security: reads('keys:revoke'),
  request: { params, query: z.strictObject(paging) },
  responses: { 200: json(AccountApiKeyList, 'A page of keys'), ...readProblems('invalid_request') },
})

export const issueAccountKey = createRoute({
  operationId: 'issueAccountKey',
  method: 'post',
  path: '/api/accounts/{id}/api-keys',
  tags,
  summary: 'Issue an API key to an account',
  description: 'The answer shows the key once. It is of the mode of this database, test or live.',
  security: changes('resellers:manage'),
  request: {
    params,
    body: body(
      z
        .strictObject({
          label: line(100),
          scopes: z.array(z.enum(scopes)).min(1),
          expires_at: TimeInput.optional(),
          allowed_addresses: z.array(Network).min(1).max(NETWORKS_MAX).optional(),
          sub_account_id: Id.optional(),
        })
        .openapi('IssueApiKey'),
    ),
  },
  responses: {
    201: json(IssuedApiKey, 'The key, shown once'),
    ...changeProblems(
      'account_not_found',
      'account_closed',
      'invalid_period',
      'sub_account_not_found',
      'seller_of_other_mode',
    ),
  },
})

export const revokeAccountKey = createRoute({
  operationId: 'revokeAccountKey',
  method: 'post',
  path: '/api/api-keys/{id}/revoke',
  tags,
  summary: 'Revoke an API key for good, in every gateway at once',
  security: changes('keys:revoke'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('RevokeApiKey')) },
  responses: {
    200: json(z.object({ id: Id }), 'It is revoked'),
    ...changeProblems('reason_required', 'api_key_not_found'),
  },
})
