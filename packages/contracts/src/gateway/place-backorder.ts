import { createRoute, z } from '@hono/zod-openapi'
import { NameInput } from '../common/primitives.ts'
import { bodyProblems, problems } from '../common/problems.ts'
import { Backorder } from './backorder.ts'
import { json, keyWith } from './operation.ts'

/** Unknown members are refused: a misspelt one must not be ignored by an order that spends money. */
export const PlaceBackorder = z
  .strictObject({
    name: NameInput,
    payment: z.literal('balance').openapi({ description: 'Paid at once from the balance of the account' }),
  })
  .openapi('PlaceBackorder')

export const placeBackorder = createRoute({
  operationId: 'placeBackorder',
  method: 'post',
  path: '/v1/backorders',
  tags: ['Backorders'],
  summary: 'Secure a name',
  description:
    'The first account to order and pay has the name alone: there is no auction, and the order cannot be cancelled. If the name is not caught, the whole price is refunded.',
  security: keyWith('backorders:write'),
  request: { body: { required: true, content: { 'application/json': { schema: PlaceBackorder } } } },
  responses: {
    201: {
      ...json(Backorder, 'The name is secured'),
      headers: z.object({ Location: z.string().openapi({ description: 'The path of the backorder' }) }),
    },
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
      'price_unavailable',
      'insufficient_balance',
    ),
  },
})
