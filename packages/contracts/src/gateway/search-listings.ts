import { createRoute, z } from '@hono/zod-openapi'
import { Cursor, Limit, pageOf } from '../common/page.ts'
import { problems } from '../common/problems.ts'
import { listingStates } from '../common/words.ts'
import { Listing } from './listing.ts'
import { json, keyWith } from './operation.ts'

export const ListingPage = pageOf(Listing, 'ListingPage')

const query = z.strictObject({
  q: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,63}$/, 'one to 63 letters, digits, dots and hyphens')
    .optional()
    .openapi({ description: 'Found anywhere in the name; A-labels, any case', example: 'shop' }),
  zone: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,253}$/, 'a zone as A-labels')
    .optional()
    .openapi({ example: 'com' }),
  state: z.enum(listingStates).optional().openapi({ default: 'open' }),
  order: z
    .enum(['cutoff', 'name'])
    .optional()
    .openapi({ default: 'cutoff', description: 'By the cut-off, soonest first, or by name' }),
  cursor: Cursor,
  limit: Limit,
})

export const searchListings = createRoute({
  operationId: 'searchListings',
  method: 'get',
  path: '/v1/listings',
  tags: ['Listings'],
  summary: 'Search the names that are about to drop',
  security: keyWith('listings:read'),
  request: { query },
  responses: {
    200: json(ListingPage, 'A page of listings'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
