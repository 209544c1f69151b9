import { createRoute, z } from '@hono/zod-openapi'
import { Limit, pageOf } from '../common/page.ts'
import { DomainName, NameInput, Time, text } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { Listing } from './listing.ts'
import { json, keyWith } from './operation.ts'

export const Watch = z
  .object({
    name: DomainName,
    created_at: Time,
    listing: Listing.optional().openapi({
      description: 'The latest listing of the name; absent while it was never listed',
    }),
  })
  .openapi('Watch')

export const WatchPage = pageOf(Watch, 'WatchPage')

const path = '/v1/watches/{name}'
const params = z.strictObject({ name: NameInput })

export const watchName = createRoute({
  operationId: 'watchName',
  method: 'put',
  path,
  tags: ['Watch list'],
  summary: 'Watch a name',
  description:
    'Any name, listed or not. Nobody else sees it. Watching a name that is watched changes nothing.',
  security: keyWith('backorders:write'),
  request: { params },
  responses: {
    200: json(Watch, 'The name is watched'),
    ...problems('invalid_request', 'invalid_name', 'watch_limit_reached'),
  },
})

export const unwatchName = createRoute({
  operationId: 'unwatchName',
  method: 'delete',
  path,
  tags: ['Watch list'],
  summary: 'Take a name off the watch list',
  security: keyWith('backorders:write'),
  request: { params },
  responses: {
    204: { description: 'The name is not watched, whether it was before or not' },
    ...problems('invalid_request', 'invalid_name'),
  },
})

export const listWatches = createRoute({
  operationId: 'listWatches',
  method: 'get',
  path: '/v1/watches',
  tags: ['Watch list'],
  summary: 'List the watched names with their latest listings, by name',
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({
      cursor: text(255)
        .optional()
        .openapi({ description: 'The `next` of an earlier page, to read the one after it' }),
      limit: Limit,
    }),
  },
  responses: {
    200: json(WatchPage, 'A page of watched names'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
