import { refundReasons } from '@droplock/rules/refunds/manual'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import {
  paymentMethods,
  paymentPurposes,
  refundCauses,
  refundDestinations,
  refundStates,
} from '../common/words.ts'
import { json } from '../gateway/operation.ts'
import { body, changeProblems, changes, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting } from './paging.ts'

export const Person = z.object({ id: Id, name: z.string() }).openapi('Person')

/** What a person adds to a refund. What is only spaces is refused as `reason_required`. */
const Note = text(500)

/** Amount, payee and destination, as the server states them. */
const TermsHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: 'SHA-256 of amount, payee and destination; an approval hands it back' })

export const Refund = z
  .object({
    id: Id,
    payment_id: Id,
    method: z.enum(paymentMethods).openapi({ description: 'How that payment was made' }),
    purpose: z.enum(paymentPurposes).openapi({ description: 'What that payment was for' }),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    name: DomainName.optional(),
    account_id: Id,
    account_name: z.string(),
    cause: z.enum(refundCauses),
    state: z.enum(refundStates),
    destination: z.enum(refundDestinations),
    amount: Money,
    reason_code: z.enum(refundReasons).optional(),
    note: z.string().optional(),
    proposed_by: Person.optional(),
    decided_by: Person.optional(),
    decision_note: z.string().optional(),
    created_at: Time,
    decided_at: Time.optional(),
    expires_at: Time.optional(),
    by_rule: z.boolean().openapi({ description: 'The destination is the one the rule gives' }),
    notify: z.boolean().openapi({ description: 'The customer is told what becomes of it' }),
    retries_refund_id: Id.optional(),
    retried_as_id: Id.optional().openapi({
      description: 'The refund that stands for this one since it failed',
    }),
    failure: z.string().optional(),
    terms_hash: TermsHash,
  })
  .openapi('Refund')

export const RefundList = listOf(Refund, 'RefundList')

const ProposeRefund = z
  .strictObject({
    payment_id: Id,
    amount_minor: z.int().min(1).openapi({ description: 'In minor units of the currency that was paid' }),
    reason_code: z.enum(refundReasons),
    note: Note,
    destination: z
      .enum(refundDestinations)
      .optional()
      .openapi({ description: 'Left out, the one of the rule; any other is an exception' }),
    notify: z.boolean().optional().openapi({
      default: true,
      description: 'Whether the customer is told what becomes of it',
    }),
  })
  .openapi('ProposeRefund')

const CompleteRefund = z
  .strictObject({
    payment_id: Id,
    amount_minor: z.int().min(1).openapi({ description: 'In minor units of the currency that was paid' }),
    reason_code: z.enum(refundReasons),
    note: Note,
    notify: z.boolean().optional().openapi({
      default: true,
      description: 'Whether the customer is told what becomes of it',
    }),
  })
  .openapi('CompleteRefund')

const RetryRefund = z
  .strictObject({
    note: Note,
    destination: z
      .enum(refundDestinations)
      .optional()
      .openapi({ description: 'Left out, the one of the rule now; any other needs a second person' }),
  })
  .openapi('RetryRefund')

const ApproveRefund = z
  .strictObject({ terms_hash: TermsHash, note: Note.optional() })
  .openapi('ApproveRefund')
const RejectRefund = z.strictObject({ note: Note }).openapi('RejectRefund')

const tags = ['Refunds']
const params = z.strictObject({ id: Id })
const headers = z.object({ Location: z.string().openapi({ description: 'The path of the refund' }) })

export const listRefunds = createRoute({
  operationId: 'listRefunds',
  method: 'get',
  path: '/api/refunds',
  tags,
  summary: 'Refunds',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at', 'amount', 'state', 'name'], { field: 'created_at', order: 'desc' }),
      state: z.enum(refundStates).optional(),
      cause: z.enum(refundCauses).optional(),
      backorder_id: Id.optional(),
      payment_id: Id.optional(),
      account_id: Id.optional(),
      q: Search,
    }),
  },
  responses: { 200: json(RefundList, 'A page of refunds'), ...readProblems('invalid_request') },
})

export const getRefund = createRoute({
  operationId: 'getRefund',
  method: 'get',
  path: '/api/refunds/{id}',
  tags,
  summary: 'A refund',
  security: reads('console:read'),
  request: { params },
  responses: { 200: json(Refund, 'The refund'), ...readProblems('invalid_request', 'refund_not_found') },
})

export const proposeRefund = createRoute({
  operationId: 'proposeRefund',
  method: 'post',
  path: '/api/refunds',
  tags,
  summary: 'Propose a refund of a payment',
  description:
    'Another person decides; nothing moves before. Nothing is refunded while the result is unknown. What a top-up paid is taken from the balance.',
  security: changes('refunds:propose'),
  request: { body: body(ProposeRefund) },
  responses: {
    201: { ...json(Refund, 'The proposal'), headers },
    ...changeProblems(
      'reason_required',
      'payment_not_found',
      'backorder_undecided',
      'renewal_undecided',
      'refund_exceeds_remaining',
      'refund_exceeds_balance',
      'refund_stays_on_balance',
      'payment_disputed',
    ),
  },
})

export const completeRefund = createRoute({
  operationId: 'completeRefund',
  method: 'post',
  path: '/api/refunds/complete',
  tags,
  summary: 'Refund alone, up to the limit of the currency',
  description: 'To the destination of the rule. All that was refunded alone of one payment counts together.',
  security: changes('refunds:complete'),
  request: { body: body(CompleteRefund) },
  responses: {
    201: { ...json(Refund, 'The refund'), headers },
    ...changeProblems(
      'reason_required',
      'payment_not_found',
      'backorder_undecided',
      'renewal_undecided',
      'refund_exceeds_remaining',
      'refund_exceeds_balance',
      'refund_stays_on_balance',
      'refund_needs_approval',
    ),
  },
})

export const retryRefund = createRoute({
  operationId: 'retryRefund',
  method: 'post',
  path: '/api/refunds/{id}/retry',
  tags,
  summary: 'Send a refund again that failed for certain',
  description: 'To the destination of the rule one person is enough; to any other it is a proposal.',
  security: changes('refunds:retry'),
  request: { params, body: body(RetryRefund) },
  responses: {
    201: { ...json(Refund, 'The refund that stands for it now'), headers },
    ...changeProblems('reason_required', 'refund_not_found', 'refund_not_retryable', 'payment_disputed'),
  },
})

export const approveRefund = createRoute({
  operationId: 'approveRefund',
  method: 'post',
  path: '/api/refunds/{id}/approve',
  tags,
  summary: "Approve another person's proposal: the money moves",
  security: changes('refunds:decide'),
  request: { params, body: body(ApproveRefund) },
  responses: {
    200: json(Refund, 'The refund'),
    ...changeProblems(
      'refund_not_found',
      'refund_already_decided',
      'decider_is_proposer',
      'proposer_disabled',
      'refund_expired',
      'refund_changed',
      'refund_exceeds_balance',
    ),
  },
})

export const rejectRefund = createRoute({
  operationId: 'rejectRefund',
  method: 'post',
  path: '/api/refunds/{id}/reject',
  tags,
  summary: "Reject another person's proposal: nothing moves",
  security: changes('refunds:decide'),
  request: { params, body: body(RejectRefund) },
  responses: {
    200: json(Refund, 'The refund'),
    ...changeProblems('reason_required', 'refund_not_found', 'refund_already_decided', 'decider_is_proposer'),
  },
})
