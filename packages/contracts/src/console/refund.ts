import { refundReasons } from '@droplock/rules/refunds/manual'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import {
  paymentMethods,
  paymentPurposes,
  refundCauses,
  refundDestinations,
  refundStates,
} from '../common/words.ts'
import { changeProblems, changes, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting, TimeInput } from './paging.ts'

export const Person = z.object({ id: Id, name: z.string() }).openapi('Person')

/** A note on a refund. Spaces alone are refused as `reason_required`. */
const Note = text(500)

/** Amount, payee and destination, as the server states them. */
const TermsHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: 'SHA-256 of amount, payee and destination; an approval repeats it' })

export const Refund = z
  .object({
    id: Id,
    payment_id: Id,
    method: z.enum(paymentMethods).openapi({ description: 'The method of the payment' }),
    purpose: z.enum(paymentPurposes).openapi({ description: 'The purpose of the payment' }),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    name: DomainName.optional(),
    account_id: Id,
    account_name: z.string(),
    cause: z.enum(refundCauses),
    state: z.enum(refundStates),
    destination: z.enum(refundDestinations),
    amount: Money,
    paid: Money.openapi({ description: 'The payment, of which this is a part or all' }),
    reason_code: z.enum(refundReasons).optional(),
    note: z.string().optional(),
    proposed_by: Person.optional(),
    decided_by: Person.optional(),
    decision_note: z.string().optional(),
    created_at: Time,
    decided_at: Time.optional(),
    expires_at: Time.optional(),
    by_rule: z.boolean().openapi({ description: 'The destination is the default' }),
    notify: z.boolean().openapi({ description: 'The customer is notified of the result' }),
    retries_refund_id: Id.optional(),
    retried_as_id: Id.optional().openapi({
      description: 'The refund that replaces this failed one',
    }),
    failure: z.string().optional(),
    terms_hash: TermsHash,
  })
  .openapi('Refund')

export const RefundList = listOf(Refund, 'RefundList')

const ProposeRefund = z
  .strictObject({
    payment_id: Id,
    amount_minor: z.int().min(1).openapi({ description: 'In minor units of the currency of the payment' }),
    reason_code: z.enum(refundReasons),
    note: Note,
    destination: z
      .enum(refundDestinations)
      .optional()
      .openapi({ description: 'If left out, the default; any other destination is an exception' }),
    notify: z.boolean().optional().openapi({
      default: true,
      description: 'Whether the customer is notified of the result',
    }),
  })
  .openapi('ProposeRefund')

const CompleteRefund = z
  .strictObject({
    payment_id: Id,
    amount_minor: z.int().min(1).openapi({ description: 'In minor units of the currency of the payment' }),
    reason_code: z.enum(refundReasons),
    note: Note,
    notify: z.boolean().optional().openapi({
      default: true,
      description: 'Whether the customer is notified of the result',
    }),
  })
  .openapi('CompleteRefund')

const RetryRefund = z
  .strictObject({
    note: Note,
    destination: z
      .enum(refundDestinations)
      .optional()
      .openapi({ description: 'If left out, the current default; any other destination needs approval' }),
  })
  .openapi('RetryRefund')

const ApproveRefund = z
  .strictObject({ terms_hash: TermsHash, note: Note.optional() })
  .openapi('ApproveRefund')
const RejectRefund = z.strictObject({ note: Note }).openapi('RejectRefund')

const tags = ['List refunds']
const params = z.strictObject({ id: Id })
const headers = z.object({ Location: z.string().openapi({ description: 'The path of the refund' }) })

export const listRefunds = createRoute({
  operationId: 'listRefunds',
  method: 'get',
  path: '/api/refunds',
  tags,
  summary: 'List refunds',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at', 'amount'], { field: 'created_at', order: 'desc' }),
      state: z.enum(refundStates).optional(),
      cause: z.enum(refundCauses).optional(),
      backorder_id: Id.optional(),
      payment_id: Id.optional(),
      account_id: Id.optional(),
      from: TimeInput.optional().openapi({ description: 'Created at or after this' }),
      to: TimeInput.optional().openapi({ description: 'Created before this' }),
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
  summary: 'Read a refund',
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
    'The refund is made once another person approves. Nothing can be refunded while the result of an order is unknown. A refund of a top-up is taken from the balance.',
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
  summary: 'Refund without approval, up to the single-approver limit',
  description:
    'To the default destination. All refunds of one payment that were made without approval count together.',
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
  summary: 'Retry a failed refund',
  description: 'To the default destination at once; to any other destination as a proposal.',
  security: changes('refunds:retry'),
  request: { params, body: body(RetryRefund) },
  responses: {
    201: { ...json(Refund, 'The refund that replaces the failed one'), headers },
    ...changeProblems('reason_required', 'refund_not_found', 'refund_not_retryable', 'payment_disputed'),
  },
})

export const approveRefund = createRoute({
  operationId: 'approveRefund',
  method: 'post',
  path: '/api/refunds/{id}/approve',
  tags,
  summary: 'Approve a proposed refund of another person',
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
  summary: 'Reject a proposal of another person',
  security: changes('refunds:decide'),
  request: { params, body: body(RejectRefund) },
  responses: {
    200: json(Refund, 'The refund'),
    ...changeProblems('reason_required', 'refund_not_found', 'refund_already_decided', 'decider_is_proposer'),
  },
})
