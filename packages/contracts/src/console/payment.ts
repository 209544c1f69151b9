import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { paymentMethods, paymentPurposes, paymentStates, refundDestinations } from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, sorting } from './paging.ts'

const payment = {
  id: Id,
  account_id: Id,
  account_name: z.string(),
  purpose: z.enum(paymentPurposes).openapi({ description: 'What it pays for' }),
  method: z.enum(paymentMethods),
  state: z.enum(paymentStates),
  amount: Money,
  captured: Money,
  refunded: Money.openapi({
    description: 'What refunds have used or may still use; a failed refund counts until it is retried',
  }),
  remaining: Money.openapi({ description: 'Captured minus refunded' }),
  provider: z.string().optional(),
  provider_id: z.string().optional(),
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  name: DomainName.optional(),
  secures: z.boolean().openapi({ description: 'This payment secures the backorder or paid the renewal' }),
  created_at: Time,
  pay_by: Time.optional(),
}

export const Payment = z.object(payment).openapi('Payment')
export const PaymentList = listOf(Payment, 'PaymentList')

const Dispute = z
  .object({
    id: Id,
    provider_dispute_id: z.string(),
    state: z.enum(['open', 'won', 'lost']),
    amount: Money,
    opened_at: Time,
    decided_at: Time.optional(),
  })
  .openapi('Dispute')

const ProviderEvent = z
  .object({
    event_id: z.string(),
    about: z.string(),
    object_id: z.string(),
    received_at: Time,
    handled_at: Time.optional(),
    attempts: z.int(),
    failure: z.string().optional(),
  })
  .openapi('ProviderEvent')

const Posting = z
  .object({
    cause: z.string(),
    cause_id: Id,
    line: z.int(),
    ledger_account: z.string(),
    amount: Money,
    posted_at: Time,
  })
  .openapi('Posting')

export const PaymentDetail = z
  .object({
    ...payment,
    refundable: Money.openapi({
      description: 'What can still be refunded manually; zero until the result is known',
    }),
    ruled_destination: z
      .enum(refundDestinations)
      .openapi({ description: 'The default destination of a refund made now' }),
    alone_limit: Money.openapi({
      description: 'How much of one payment one person may refund without approval',
    }),
    alone_left: Money.openapi({ description: 'How much of `alone_limit` is left for this payment' }),
    disputes: z.array(Dispute),
    provider_events: z.array(ProviderEvent),
    postings: z.array(Posting).openapi({ description: 'Its ledger postings, oldest first' }),
  })
  .openapi('PaymentDetail')

const tags = ['Payments']

export const listPayments = createRoute({
  operationId: 'listPayments',
  method: 'get',
  path: '/api/payments',
  tags,
  summary: 'List the payments of all customers',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at'], { field: 'created_at', order: 'desc' }),
      state: z.enum(paymentStates).optional(),
      method: z.enum(paymentMethods).optional(),
      account_id: Id.optional(),
      q: text(200).min(1).optional().openapi({
        description:
          "A part of the domain name, or a whole id: ours, the provider's, a dispute's or a refund's",
      }),
    }),
  },
  responses: { 200: json(PaymentList, 'A page of payments'), ...readProblems('invalid_request') },
})

export const getPayment = createRoute({
  operationId: 'getPayment',
  method: 'get',
  path: '/api/payments/{id}',
  tags,
  summary: 'Read a payment with its history',
  security: reads('money:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(PaymentDetail, 'The payment'),
    ...readProblems('invalid_request', 'payment_not_found'),
  },
})
