import { createRoute, z } from '@hono/zod-openapi'
import { NameInput } from '../common/primitives.ts'
import { bodyProblems, problems } from '../common/problems.ts'
import { PlacedBackorder } from './backorder.ts'
import { keyWith, made } from './operation.ts'

/** Unknown members are refused: a misspelt one must not be ignored by an order that spends money. */
export const PlaceBackorder = z
  .strictObject({
    name: NameInput,
    payment: z.enum(['balance', 'card']).openapi({
      description:
        '`balance`: paid at once from the balance of the account. `card`: held for you until `pay_by`, and yours when the card payment is captured by then',
    }),
  })
  .openapi('PlaceBackorder')

export const placeBackorder = createRoute({
  operationId: 'placeBackorder',
  method: 'post',
  path: '/v1/backorders',
  tags: ['Backorders'],
  summary: 'Secure a name',
  description:
    'The first account to order and pay has the name alone: there is no auction, and a paid order cannot be cancelled. If the name is not caught, the whole price is refunded. An order by card stands even when the payment provider does not answer in time: it has no `client_secret` yet then, and reading the payment gives it later.',
  security: keyWith('backorders:write'),
  request: { body: { required: true, content: { 'application/json': { schema: PlaceBackorder } } } },
  responses: {
    201: made(PlacedBackorder, 'backorder', 'The name is secured, or held until it is paid'),
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
      'insufficient_balance',
      'card_unavailable',
      'hold_not_available',
      'hold_too_late',
      'hold_limit_reached',
    ),
  },
})
