import { DomainName, NameInput, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import * as core from '@droplock/core/watches'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, keyWith, Limit, NameCursor, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { inPath, Listing, readName } from './listings.ts'

export const Watch = z
  .object({
    name: DomainName,
    created_at: Time,
    listing: Listing.optional().openapi({
      description: 'The latest listing of the name; absent if it was never listed',
    }),
  })
  .openapi('Watch')

export const WatchPage = pageOf(Watch, 'WatchPage')

const tags = ['Watch list']
const path = '/v1/watches/{name}'
const params = z.strictObject({ name: NameInput })

const watchName = createRoute({
  operationId: 'watchName',
  method: 'put',
  path,
  tags,
  summary: 'Watch a name',
  description:
    'The name need not be listed. Other accounts do not see it. Watching a name again changes nothing.',
  security: keyWith('backorders:write'),
  request: { params },
  responses: {
    200: json(Watch, 'The name is watched'),
    ...problems('invalid_request', 'invalid_name', 'watch_limit_reached'),
  },
})

const unwatchName = createRoute({
  operationId: 'unwatchName',
  method: 'delete',
  path,
  tags,
  summary: 'Stop watching a name',
  description: 'Nothing happens if the name is not on the list.',
  security: keyWith('backorders:write'),
  request: { params },
  responses: {
    204: { description: 'The name is not watched' },
    ...problems('invalid_request', 'invalid_name'),
  },
})

const listWatches = createRoute({
  operationId: 'listWatches',
  method: 'get',
  path: '/v1/watches',
  tags,
  summary: 'List watched names with their latest listings, by name',
  description: 'The listing of a name is absent if it was never on a published drop list.',
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({
      name: NameInput.optional().openapi({ description: 'Only this name, if it is watched' }),
      cursor: NameCursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(WatchPage, 'A page of watched names'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_name', 'invalid_cursor'),
  },
})

export const watchOperations = { watchName, unwatchName, listWatches }

export function mountWatches(app: Gateway): void {
  app.openapi(watchName, async (c) => {
    const name = readName(c.req.valid('param').name, inPath)
    return reply(c, 200, Watch, wire(await core.watchName(c.var.ctx, name)))
  })

  app.openapi(unwatchName, async (c) => {
    await core.unwatchName(c.var.ctx, readName(c.req.valid('param').name, inPath))
    return c.body(null, 204)
  })

  app.openapi(listWatches, async (c) => {
    const { name, ...asked } = c.req.valid('query')
    const page = await core.listWatches(c.var.ctx, {
      ...askedPage(asked),
      ...(name !== undefined && { name: readName(name, inPath) }),
    })
    return reply(c, 200, WatchPage, wire(page))
  })
}
