import { OPEN_ITEMS_MAX, openItemKinds } from '@droplock/rules/months'
import { proposalKinds } from '@droplock/rules/proposals'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { outcomes, proposalStates } from '../common/words.ts'
import { SetCreditLimit } from './accounts.ts'
import { RecordBankTransfer } from './bank-transfer.ts'
import { MonthInput } from './month.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, TimeInput } from './paging.ts'
import { Person } from './refund.ts'

export const Proposal = z
  .object({
    id: Id,
    kind: z.enum(proposalKinds),
    subject: z.string().openapi({
      description:
        'The id of the catch target, account, listing or registry, the reference of the transfer, or the month',
    }),
    terms: z
      .record(z.string(), z.string().nullable())
      .openapi({ description: 'What is done on approval; amounts in minor units, as text' }),
    reason: z.string(),
    state: z.enum(proposalStates),
    proposed_by: Person,
    proposed_at: Time,
    expires_at: Time,
    decided_by: Person.optional(),
    decided_at: Time.optional(),
    note: z.string().optional(),
    account_id: Id.optional(),
    account_name: z.string().optional().openapi({ description: 'The account that it is about' }),
    backorder_id: Id.optional().openapi({ description: 'The backorder that it is about' }),
  })
  .openapi('Proposal')

export const ProposalList = listOf(Proposal, 'ProposalList')

const ProposeTargetOutcome = z
  .strictObject({
    target_id: Id,
    outcome: z.enum(outcomes),
    cr_date: TimeInput.optional().openapi({
      description: 'For a caught name: when the registration was created, according to the registry',
    }),
    registry_account_id: z.string().min(1).max(100).optional().openapi({
      description: 'For a caught name: our registrar account that holds it',
    }),
    evidence: z.string().max(5_000).openapi({
      description: 'What the registry, RDAP or the registrar says; the second person decides by it',
    }),
    reason: Reason,
  })
  .openapi('ProposeTargetOutcome')

const ProposeWithdrawal = z
  .strictObject({
    listing_id: Id,
    block: z.boolean().openapi({ description: 'Whether later lists must not list the name again' }),
    evidence: z.string().max(5_000).openapi({
      description: 'The order or notice, as text; the second person decides by it',
    }),
    reason: Reason,
  })
  .openapi('ProposeWithdrawal')

const ProposeRegistryStop = z
  .strictObject({ registry_id: text(100).min(1), reason: Reason })
  .openapi('ProposeRegistryStop')

const ProposeCreditLimit = SetCreditLimit.omit({ version: true })
  .extend({ account_id: Id })
  .openapi('ProposeCreditLimit')

const ProposeMonthClose = z
  .strictObject({
    month: MonthInput,
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .openapi({ description: 'The `hash` of the month as you saw it; the close is bound to it' }),
    explained: z
      .array(z.strictObject({ kind: z.enum(openItemKinds), id: Id, explanation: Reason }))
      .max(OPEN_ITEMS_MAX)
      .openapi({ description: 'Why the month is closed although this is open; every open item' }),
    note: Reason,
  })
  .openapi('ProposeMonthClose')

const ProposeGoodwill = z
  .strictObject({
    account_id: Id,
    amount_minor: z.int().min(1).openapi({ description: 'Minor units of the currency' }),
    currency: z.string().regex(/^[A-Z]{3}$/),
    reason: Reason,
  })
  .openapi('ProposeGoodwill')

const path = '/api/proposals'
const tags = ['Proposals']
const params = z.strictObject({ id: Id })
const made = { 201: json(Proposal, 'The proposal; nothing has changed yet') }
const ofTransfer = [
  'amount_out_of_range',
  'bank_reference_invalid',
  'account_not_found',
  'account_closed',
  'currency_mismatch',
  'bank_reference_known',
] as const
const ofListing = ['listing_not_found', 'listing_not_withdrawable'] as const
const ofRegistry = ['registry_not_found', 'registry_stopped'] as const
const ofMonth = ['month_not_closable', 'month_changed'] as const
const ofTarget = ['target_decided', 'target_in_time', 'outcome_not_possible'] as const
const ofDecision = [
  'proposal_not_found',
  'proposal_already_decided',
  'decider_is_proposer',
  'proposal_expired',
] as const

export const listProposals = createRoute({
  operationId: 'listProposals',
  method: 'get',
  path,
  tags,
  summary: 'List proposals, newest first',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...paging,
      kind: z.enum(proposalKinds).optional(),
      state: z.enum(proposalStates).optional(),
      subject: text(200).min(1).optional().openapi({ description: 'Those about one subject' }),
    }),
  },
  responses: { 200: json(ProposalList, 'A page of proposals'), ...readProblems('invalid_request') },
})

export const proposeTargetOutcome = createRoute({
  operationId: 'proposeTargetOutcome',
  method: 'post',
  path: `${path}/target-outcomes`,
  tags,
  summary: 'Propose the outcome of an overdue catch target',
  security: changes('targets:propose'),
  request: { body: body(ProposeTargetOutcome) },
  responses: {
    ...made,
    ...changeProblems('reason_required', 'target_not_found', ...ofTarget, 'proposal_open'),
  },
})

export const proposeBankTransfer = createRoute({
  operationId: 'proposeBankTransfer',
  method: 'post',
  path: `${path}/bank-transfers`,
  tags,
  summary: 'Propose to credit a bank transfer above the single-approver limit',
  security: changes('transfers:record'),
  request: { body: body(RecordBankTransfer) },
  responses: { ...made, ...changeProblems('reason_required', ...ofTransfer, 'proposal_open') },
})

export const proposeCreditLimit = createRoute({
  operationId: 'proposeCreditLimit',
  method: 'post',
  path: `${path}/credit-limits`,
  tags,
  summary: 'Propose a credit limit above the single-approver limit',
  security: changes('credit:set'),
  request: { body: body(ProposeCreditLimit) },
  responses: {
    ...made,
    ...changeProblems(
      'reason_required',
      'account_not_found',
      'account_closed',
      'amount_out_of_range',
      'proposal_open',
    ),
  },
})

export const proposeWithdrawal = createRoute({
  operationId: 'proposeWithdrawal',
  method: 'post',
  path: `${path}/withdrawals`,
  tags,
  summary: 'Propose to withdraw a name that a customer holds',
  description: 'On approval the holder is refunded. What was registered before that stays registered.',
  security: changes('names:withdraw'),
  request: { body: body(ProposeWithdrawal) },
  responses: {
    ...made,
    ...changeProblems('reason_required', ...ofListing, 'listing_not_held', 'proposal_open'),
  },
})

export const proposeRegistryStop = createRoute({
  operationId: 'proposeRegistryStop',
  method: 'post',
  path: `${path}/registry-stops`,
  tags,
  summary: 'Propose to stop a registry while paid names are in their window',
  description:
    'Creates go on until another person approves. Then none is sent until the registry is restarted.',
  security: changes('registries:stop'),
  request: { body: body(ProposeRegistryStop) },
  responses: {
    ...made,
    ...changeProblems('reason_required', ...ofRegistry, 'proposal_open'),
  },
})

export const proposeMonthClose = createRoute({
  operationId: 'proposeMonthClose',
  method: 'post',
  path: `${path}/month-closes`,
  tags,
  summary: 'Propose to close a month of the books',
  description:
    'Once another person approves, nothing is posted before the end of the month (UTC). A closed month is not reopened.',
  security: changes('months:propose'),
  request: { body: body(ProposeMonthClose) },
  responses: {
    ...made,
    ...changeProblems(
      'reason_required',
      'month_not_found',
      ...ofMonth,
      'open_items_unexplained',
      'proposal_open',
    ),
  },
})

export const proposeGoodwill = createRoute({
  operationId: 'proposeGoodwill',
  method: 'post',
  path: `${path}/goodwill-credits`,
  tags,
  summary: 'Propose a goodwill credit',
  description:
    'Once another person approves, it is on the balance of the account, and its reseller gets the event `account.credited`.',
  security: changes('goodwill:propose'),
  request: { body: body(ProposeGoodwill) },
  responses: {
    ...made,
    ...changeProblems(
      'reason_required',
      'amount_out_of_range',
      'account_not_found',
      'currency_mismatch',
      'proposal_open',
    ),
  },
})

export const approveProposal = createRoute({
  operationId: 'approveProposal',
  method: 'post',
  path: `${path}/{id}/approve`,
  tags,
  summary: 'Approve a proposal of another person',
  description: 'You also need the permission for this kind of proposal.',
  security: changes('proposals:decide'),
  request: {
    params,
    body: body(z.strictObject({ note: z.string().max(500).optional() }).openapi('ApproveProposal')),
  },
  responses: {
    200: json(Proposal, 'The proposal'),
    ...changeProblems(
      ...ofDecision,
      'proposer_disabled',
      'target_not_found',
      ...ofTarget,
      ...ofTransfer,
      ...ofListing,
      'listing_changed',
      ...ofRegistry,
      ...ofMonth,
    ),
  },
})

export const rejectProposal = createRoute({
  operationId: 'rejectProposal',
  method: 'post',
  path: `${path}/{id}/reject`,
  tags,
  summary: 'Reject a proposal of another person',
  security: changes('proposals:decide'),
  request: { params, body: body(z.strictObject({ note: z.string().max(500) }).openapi('RejectProposal')) },
  responses: { 200: json(Proposal, 'The proposal'), ...changeProblems('reason_required', ...ofDecision) },
})
