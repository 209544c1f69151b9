import { createRoute, z } from '@hono/zod-openapi'
import { NameInput } from '../common/primitives.ts'
import { bodyProblems, problems } from '../common/problems.ts'
import { keyWith, made } from './operation.ts'
import { Payment } from './payment.ts'

const PayForName = z.strictObject({ name: NameInput }).openapi('PayForName')

export const payForName = createRoute({
  operationId: 'payForName',
  method: 'post',
  path: '/v1/payments',
  tags: ['Payments'],
  summary: 'Open a card payment for a name without holding it',
  description:
    'For a name that nobody may hold unpaid any more (`hold_not_available`). Others are not kept from it meanwhile: the first money that is captured secures the name, and the payment then has a `backorder_id`. Money that comes too late goes back by itself.',
  security: keyWith('backorders:write'),
  request: { body: { required: true, content: { 'application/json': { schema: PayForName } } } },
  responses: {
    201: made(Payment, 'payment', 'The payment that is waited for'),
    ...problems(
      ...bodyProblems,
      'invalid_name',
      'listing_not_found',
      'listing_not_open_yet',
      'listing_closed',
      'cutoff_passed',
      'zone_disabled',
      'name_premium',
      'name_reserved',
      'name_suspect',
      'name_taken',
      'already_yours',
      'price_unavailable',
      'hold_too_late',
      'card_unavailable',
      'payment_limit_reached',
    ),
  },
})
