import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { renewalFailures, renewalStates } from '../common/words.ts'
import { Payment } from './payment.ts'

const renewal = {
  id: Id,
  backorder_id: Id,
  name: DomainName,
  state: z.enum(renewalStates).openapi({
    description: '`paid` and `renewing`: paid, and being carried out at the registry',
  }),
  years: z.int(),
  price: Money.openapi({ description: 'Fixed when the order was taken; it never changes' }),
  quoted_expires_at: Time.openapi({ description: 'The expiry that it was ordered on' }),
  new_expires_at: Time.optional(),
  failure_reason: z.enum(renewalFailures).optional().openapi({
    description:
      '`refused`: the registry forbids it. `not_held`: the name is no longer here. `expiry_moved`: the registry has another expiry; ask for a new quote. `unavailable`: the registry could not carry it out for days',
  }),
  created_at: Time,
  pay_by: Time.optional(),
  paid_at: Time.optional(),
  decided_at: Time.optional(),
}

export const Renewal = z.object(renewal).openapi('Renewal')

export const OrderedRenewal = z
  .object({
    ...renewal,
    payment: Payment.optional().openapi({ description: 'By card: the payment that is waited for' }),
  })
  .openapi('OrderedRenewal')

export const RenewalQuote = z
  .object({
    backorder_id: Id,
    name: DomainName,
    years: z.int(),
    price: Money,
    expires_at: Time.openapi({ description: 'The expiry as the registry told it last' }),
    new_expires_at: Time,
    valid_until: Time.openapi({ description: 'Until then at most: price and expiry may change before' }),
  })
  .openapi('RenewalQuote')
