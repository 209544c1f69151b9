import { createRoute, z } from '@hono/zod-openapi'
import { NameInput } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { Listing } from './listing.ts'
import { json, keyWith } from './operation.ts'

export const getListing = createRoute({
  operationId: 'getListing',
  method: 'get',
  path: '/v1/listings/{name}',
  tags: ['Listings'],
  summary: 'Read the latest listing of a name',
  security: keyWith('listings:read'),
  request: { params: z.strictObject({ name: NameInput }) },
  responses: {
    200: json(Listing, 'The listing'),
    ...problems('invalid_request', 'invalid_name', 'listing_not_found'),
  },
})
