import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import {
  paymentPurposes,
  paymentStates,
  refundCauses,
  refundDestinations,
  refundStates,
} from '../common/words.ts'

const payment = {
  id: Id,
  purpose: z.enum(paymentPurposes),
  method: z.enum(['balance', 'card']),
  state: z
    .enum(paymentStates)
    .openapi({ description: '`failed`: the card was declined; another may be tried until `pay_by`' }),
  amount: Money,
  name: DomainName.optional(),
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  secures: z.boolean().openapi({ description: 'Its money secures the backorder or pays the renewal' }),
  created_at: Time,
  pay_by: Time.optional(),
  client_secret: z.string().optional().openapi({
    description:
      "Lets its bearer pay, in the payment provider's form in the payer's browser. A secret: keep it out of logs and addresses. Absent once nothing can be paid, and while the provider does not answer: read the payment again then",
  }),
  provider: z.enum(['stripe', 'sandbox']).optional().openapi({
    description:
      'Beside every `client_secret`: where the payer pays. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, for play money',
  }),
  publishable_key: z.string().optional().openapi({
    description:
      'Of `stripe`: the key that Stripe.js is loaded with. Public. Absent where the operator gives it out in another way',
  }),
  pay_url: z.url().optional().openapi({
    description:
      'Of `sandbox`: a page to pay at, with the cards of the sandbox. It holds the `client_secret`, and is as secret as that',
  }),
}

export const Payment = z.object(payment).openapi('Payment')

export const Refund = z
  .object({
    id: Id,
    cause: z.enum(refundCauses),
    state: z.enum(refundStates),
    destination: z.enum(refundDestinations).openapi({
      description:
        'The card it was paid with or the balance it was paid from; the balance where the account owes money',
    }),
    amount: Money,
    created_at: Time,
  })
  .openapi('Refund')

export const PaymentDetail = z
  .object({
    ...payment,
    refunds: z.array(Refund).openapi({ description: 'What came back of it, oldest first' }),
  })
  .openapi('PaymentDetail')
