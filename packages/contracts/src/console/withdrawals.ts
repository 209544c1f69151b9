import { confirmationMeans } from '@droplock/rules/confirmations'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { listingStates } from '../common/words.ts'
import { ListingDetail } from './listings.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, Search, TimeInput } from './paging.ts'

const means = z.enum(confirmationMeans)

export const Withdrawal = z
  .object({
    listing_id: Id,
    name: DomainName,
    state: z.enum(listingStates).openapi({
      description:
        '`dropping`: its drop had begun, and the catcher ends it. `caught`: it was registered before that, and stays registered',
    }),
    at: Time,
    means: means.optional().openapi({ description: 'What showed it; left out where operators decided' }),
    finding: z.string().optional().openapi({ example: 'being restored' }),
    reason: z.string().optional().openapi({ description: 'Why operators decided it' }),
    proposal_id: Id.optional().openapi({ description: 'The proposal, where two people decided' }),
  })
  .openapi('Withdrawal')

export const WithdrawalList = listOf(Withdrawal, 'WithdrawalList')

export const ConfirmationAnswer = z
  .object({
    id: Id,
    means,
    asked_at: Time,
    answered_at: Time.optional().openapi({ description: 'Left out: no answer came' }),
    registry_account_id: z.string().optional(),
    url: z.string().optional().openapi({ description: 'The RDAP service that was asked' }),
    cltrid: z.string().optional(),
    svtrid: z.string().optional(),
    code: z.int().optional().openapi({ description: 'The EPP result code or the HTTP status' }),
    verdict: z.enum(['pending_delete', 'withdrawn', 'gone', 'undecided']),
    finding: z.string().openapi({ description: 'What it shows, or why it decides nothing' }),
    statuses: z.array(z.string()),
    rgp_statuses: z.array(z.string()),
    cr_date: Time.optional(),
    ex_date: Time.optional(),
    registrar: z.string().optional().openapi({ description: 'A client id (EPP) or a name (RDAP)' }),
    decides: z.boolean().openapi({ description: 'Whether the suspicion ended by this answer' }),
  })
  .openapi('ConfirmationAnswer')

export const ConfirmationAnswerList = listOf(ConfirmationAnswer, 'ConfirmationAnswerList')

export const BlockedName = z
  .object({
    id: Id,
    name: DomainName,
    zone: z.string(),
    reason: z.string(),
    blocked_by: z.string(),
    blocked_at: Time,
    until_at: Time.optional().openapi({ description: 'When it ends; left out: an operator ends it' }),
    in_force: z.boolean(),
    ended_at: Time.optional(),
    ended_by: z.string().optional(),
    end_reason: z.string().optional(),
  })
  .openapi('BlockedName')

export const BlockedNameList = listOf(BlockedName, 'BlockedNameList')

/** As many names as a body of the API holds. */
const NAMES_MAX = 200

const NAME_CHARACTERS_MAX = 255

export const BlockResults = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        result: z
          .enum(['blocked', 'withdrawn', 'held', 'already_blocked', 'invalid_name', 'zone_not_served'])
          .openapi({
            description:
              '`withdrawn`: it was listed, and is blocked and withdrawn. `held`: it has a holder, so nothing was done: propose its withdrawal',
          }),
        listing_id: Id.optional(),
      }),
    ),
    dry_run: z.boolean(),
  })
  .openapi('BlockResults')

const tags = ['Withdrawals']
const params = z.strictObject({ id: Id })

export const listWithdrawals = createRoute({
  operationId: 'listWithdrawals',
  method: 'get',
  path: '/api/withdrawals',
  tags,
  summary: 'List withdrawn names with what showed it, newest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      q: Search.optional(),
      zone: text(253).optional(),
      registry_id: text(100).optional(),
      means: z.enum([...confirmationMeans, 'operator']).optional(),
      from: TimeInput.optional(),
      to: TimeInput.optional().openapi({ description: 'Before this' }),
    }),
  },
  responses: { 200: json(WithdrawalList, 'A page of withdrawals'), ...readProblems('invalid_request') },
})

export const listConfirmationAnswers = createRoute({
  operationId: 'listConfirmationAnswers',
  method: 'get',
  path: '/api/listings/{id}/confirmation-answers',
  tags,
  summary: 'List what the registry answered about a suspect, newest first',
  security: reads('console:read'),
  request: { params, query: z.strictObject(paging) },
  responses: {
    200: json(ConfirmationAnswerList, 'A page of answers'),
    ...readProblems('invalid_request', 'listing_not_found'),
  },
})

export const withdrawListing = createRoute({
  operationId: 'withdrawListing',
  method: 'post',
  path: '/api/listings/{id}/withdraw',
  tags,
  summary: 'Withdraw a name without a holder',
  description: 'A later list may list the name again, unless it is blocked.',
  security: changes('names:withdraw'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('WithdrawListing')) },
  responses: {
    200: json(ListingDetail, 'The listing'),
    ...changeProblems('reason_required', 'listing_not_found', 'listing_not_withdrawable', 'listing_held'),
  },
})

export const listBlockedNames = createRoute({
  operationId: 'listBlockedNames',
  method: 'get',
  path: '/api/blocked-names',
  tags,
  summary: 'List blocked names, with those whose block has ended, newest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      q: Search.optional(),
      zone: text(253).optional(),
      in_force: Flag.optional(),
      from: TimeInput.optional().openapi({ description: 'Blocked at or after this' }),
      to: TimeInput.optional().openapi({ description: 'Blocked before this' }),
    }),
  },
  responses: { 200: json(BlockedNameList, 'A page of blocked names'), ...readProblems('invalid_request') },
})

export const blockNames = createRoute({
  operationId: 'blockNames',
  method: 'post',
  path: '/api/blocked-names',
  tags,
  summary: 'Block names: they are withdrawn, and later lists do not list them',
  description:
    'Names that are not listed can be blocked too. Each name is done alone; the answer has a result for each.',
  security: changes('names:withdraw'),
  request: {
    body: body(
      z
        .strictObject({
          names: z.array(text(NAME_CHARACTERS_MAX)).min(1).max(NAMES_MAX),
          reason: Reason,
          until_at: TimeInput.optional().openapi({
            description: 'When the block ends; left out: an operator ends it',
          }),
          dry_run: z.boolean().default(false),
        })
        .openapi('BlockNames'),
    ),
  },
  responses: {
    200: json(BlockResults, 'What was done with each name'),
    ...changeProblems('reason_required'),
  },
})

export const unblockName = createRoute({
  operationId: 'unblockName',
  method: 'post',
  path: '/api/blocked-names/{id}/unblock',
  tags,
  summary: 'End a block: the next list that carries the name lists it again',
  security: changes('names:withdraw'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('UnblockName')) },
  responses: {
    200: json(BlockedName, 'The name, no longer blocked'),
    ...changeProblems('reason_required', 'block_not_found', 'block_ended'),
  },
})
