import { disputeStages } from '@droplock/rules/disputes/answer'
import { EVIDENCE_CHARACTERS_MAX, evidenceFields } from '@droplock/rules/disputes/evidence'
import { disputeReasons } from '@droplock/rules/ports/payments'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { paymentPurposes } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting } from './paging.ts'
import { Person } from './refund.ts'

const evidenceStates = ['draft', 'submitting', 'submitted', 'refused'] as const

const dispute = {
  id: Id,
  provider: z.string().optional(),
  provider_dispute_id: z.string(),
  state: z.enum(disputeStages),
  reason: z.enum(disputeReasons).openapi({ description: 'The reason that the cardholder gave to the bank' }),
  amount: Money,
  debited: Money.openapi({
    description: 'What it has taken from the balance of the account, and not given back',
  }),
  opened_at: Time,
  evidence_due_at: Time.optional().openapi({ description: 'Until when the provider takes evidence' }),
  answered_at: Time.optional().openapi({ description: 'Since when the provider has evidence' }),
  decided_at: Time.optional(),
  evidence_state: z
    .enum(evidenceStates)
    .optional()
    .openapi({ description: 'Of our answer; absent where nobody has begun one' }),
  payment_id: Id,
  purpose: z.enum(paymentPurposes),
  backorder_id: Id.optional(),
  account_id: Id,
  account_name: z.string(),
  name: DomainName.optional(),
}

export const DisputeSummary = z.object(dispute).openapi('DisputeSummary')
export const DisputeList = listOf(DisputeSummary, 'DisputeList')

const Evidence = z
  .partialRecord(z.enum(evidenceFields), z.string().max(EVIDENCE_CHARACTERS_MAX))
  .openapi('Evidence', { description: 'Text by the provider’s field' })

const Answer = z
  .object({
    state: z.enum(evidenceStates),
    fields: Evidence,
    version: z.int(),
    saved_by: Person,
    saved_at: Time,
    submitted_by: Person.optional(),
    submitted_at: Time.optional(),
    ended_at: Time.optional().openapi({ description: 'When the provider took it, or refused it' }),
    failure: z
      .string()
      .optional()
      .openapi({ description: 'Why it was refused, or why the last attempt decided nothing' }),
  })
  .openapi('DisputeAnswer')

export const DisputeDetail = z
  .object({
    ...dispute,
    evidence: Answer.optional(),
    suggestion: Evidence.openapi({ description: 'The answer that our records give' }),
    why_not_answer: z
      .enum(['dispute_decided', 'evidence_submitted', 'dispute_deadline_passed'])
      .optional()
      .openapi({ description: 'Why it takes no evidence; absent where it does' }),
    fees: z.array(Money).openapi({ description: 'What the provider has charged for it, as reconciled' }),
    balance: Money.openapi({ description: 'The current balance of the account' }),
  })
  .openapi('DisputeDetail')

const path = '/api/disputes'
const tags = ['Disputes']
const params = z.strictObject({ id: Id })
const version = z.int().min(0).openapi({ description: 'The version that was seen; 0 where there is none' })

export const listDisputes = createRoute({
  operationId: 'listDisputes',
  method: 'get',
  path,
  tags,
  summary: 'List disputes of card payments',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['evidence_due_at', 'opened_at', 'amount'], { field: 'evidence_due_at', order: 'asc' }),
      state: z.enum(disputeStages).optional(),
      account_id: Id.optional(),
      q: Search,
    }),
  },
  responses: { 200: json(DisputeList, 'A page of disputes'), ...readProblems('invalid_request') },
})

export const getDispute = createRoute({
  operationId: 'getDispute',
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Read a dispute with the facts of its case',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: json(DisputeDetail, 'The dispute'),
    ...readProblems('invalid_request', 'dispute_not_found'),
  },
})

const closed = [
  'dispute_not_found',
  'dispute_decided',
  'evidence_submitted',
  'dispute_deadline_passed',
  'evidence_changed',
] as const

export const saveDisputeEvidence = createRoute({
  operationId: 'saveDisputeEvidence',
  method: 'post',
  path: `${path}/{id}/evidence`,
  tags,
  summary: 'Save the draft of our answer',
  description: 'The whole draft is replaced; blank fields are left out. Nothing is sent to the provider.',
  security: changes('disputes:edit'),
  request: {
    params,
    body: body(z.strictObject({ version, fields: Evidence }).openapi('SaveDisputeEvidence')),
  },
  responses: { 200: json(DisputeDetail, 'The dispute'), ...changeProblems(...closed) },
})

export const submitDisputeEvidence = createRoute({
  operationId: 'submitDisputeEvidence',
  method: 'post',
  path: `${path}/{id}/evidence/submit`,
  tags,
  summary: 'Submit the saved evidence to the provider, once',
  description: 'The worker sends it. The bank decides weeks later; its decision arrives by itself.',
  security: changes('disputes:submit'),
  request: {
    params,
    body: body(z.strictObject({ version, reason: Reason }).openapi('SubmitDisputeEvidence')),
  },
  responses: {
    200: json(DisputeDetail, 'The dispute'),
    ...changeProblems(...closed, 'reason_required', 'evidence_empty'),
  },
})
