import { Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import * as core from '@droplock/core/drop-lists/read'
import { decideFile, type FileAnswer } from '@droplock/http/ranges'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, pageOf, problems } from '../contract.ts'
import type { Dependencies, Gateway, GatewayRequest } from '../gateway.ts'
import { ZoneInput } from './listing-filters.ts'

const sums = {
  names: z.int().openapi({ description: 'How many names the file has' }),
  bytes: z.int().openapi({ description: 'How many bytes it has, compressed' }),
  sha256: z.string().openapi({ description: 'SHA-256 of the compressed file, in hex' }),
}

const dropList = {
  id: z.uuid(),
  made_at: Time.openapi({ description: 'When the names were read' }),
  ...sums,
}

export const DropList = z.object(dropList).openapi('DropList')
export const DropListPage = pageOf(DropList, 'DropListPage')
export const DropListDetail = z
  .object({ ...dropList, zones: z.array(z.object({ zone: z.string(), ...sums })) })
  .openapi('DropListDetail')

export const Publication = z
  .object({
    next: z.object({ from: Time, to: Time }).optional().openapi({
      description:
        'The window in which the next list is to be expected; a day with many names may be late. Absent: a list is published as soon as it is ready',
    }),
  })
  .openapi('Publication')

const tags = ['Downloads']

const params = z.strictObject({
  id: z
    .union([z.uuid(), z.literal('latest')])
    .openapi({ type: 'string', description: 'An id, or `latest`', example: 'latest' }),
})

const listDropLists = createRoute({
  operationId: 'listDropLists',
  method: 'get',
  path: '/v1/drop-lists',
  tags,
  summary: 'List the drop lists that can be downloaded, newest first',
  description:
    'A list is written after each publication. Lists are kept for some days; the newest one always.',
  security: keyWith('listings:read'),
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(DropListPage, 'A page of drop lists'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getDropList = createRoute({
  operationId: 'getDropList',
  method: 'get',
  path: '/v1/drop-lists/{id}',
  tags,
  summary: 'Read how many names a drop list has, in all and of each zone',
  description: '`latest` instead of an id is the newest drop list.',
  security: keyWith('listings:read'),
  request: { params },
  responses: {
    200: json(DropListDetail, 'The drop list'),
    ...problems('read_limit_reached', 'invalid_request', 'drop_list_not_found'),
  },
})

const file = { 'application/gzip': { schema: z.string().openapi({ format: 'binary' }) } }

const headers = z.object({
  ETag: z.string().openapi({ description: 'The SHA-256 of the file', example: '"0696573e…"' }),
})

const getDropListFile = createRoute({
  operationId: 'getDropListFile',
  method: 'get',
  path: '/v1/drop-lists/{id}/file',
  tags,
  summary: 'Download a drop list',
  description:
    'All names that are open for orders or will be, as gzip of CSV with the columns `TLD,DOMAIN,EXPIRED,PURGED` (IETF draft "Domain Drop ' +
    'List Report"). `EXPIRED` is empty: lists do not say it reliably. `PURGED` is the beginning of the window in which the registry is ' +
    'expected to release the name. A file never changes: it has a strong `ETag` and `Last-Modified`, and one range of bytes can be ' +
    'requested, so that a download can be continued (RFC 9110 §14).',
  security: keyWith('listings:read'),
  request: { params, query: z.strictObject({ zone: ZoneInput }) },
  responses: {
    200: { description: 'The file', headers, content: file },
    206: { description: 'The part of it that `Range` asked for', headers, content: file },
    304: { description: 'The file is the one that the client has', headers },
    ...problems(
      'read_limit_reached',
      'invalid_request',
      'drop_list_not_found',
      'zone_not_found',
      'range_not_satisfiable',
    ),
  },
})

const getPublication = createRoute({
  operationId: 'getPublication',
  method: 'get',
  path: '/v1/publication',
  tags,
  summary: 'Read when the next list of names is to be expected',
  description: 'Lists are published daily. The time is that of the service, in UTC.',
  security: keyWith('listings:read'),
  responses: { 200: json(Publication, 'When the next list is to be expected'), ...problems() },
})

export const dropListOperations = { listDropLists, getDropList, getDropListFile, getPublication }

export function mountDropLists(app: Gateway, { publication }: Dependencies): void {
  app.openapi(getPublication, async (c) => {
    const next = await core.getNextPublication(c.var.ctx, publication)
    return reply(c, 200, Publication, wire({ next }))
  })

  app.openapi(listDropLists, async (c) => {
    const page = await core.listDropLists(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, DropListPage, wire(page))
  })

  app.openapi(getDropList, async (c) =>
    reply(c, 200, DropListDetail, wire(await core.getDropList(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(getDropListFile, async (c) => {
    const asked = { id: c.req.valid('param').id, zone: c.req.valid('query').zone }
    return send(c, await core.getDropListFile(c.var.ctx, asked))
  })
}

/** Throws Refusal('range_not_satisfiable'). */
function send(c: GatewayRequest, found: core.DropListFile): Response {
  const version = { etag: `"${found.sha256}"`, modifiedAt: found.madeAt, bytes: found.bytes }
  const answer = decideFile(
    {
      ifNoneMatch: c.req.header('If-None-Match'),
      ifModifiedSince: c.req.header('If-Modified-Since'),
      range: c.req.header('Range'),
      ifRange: c.req.header('If-Range'),
    },
    version,
  )
  c.header('Accept-Ranges', 'bytes')
  if (answer.kind === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${found.bytes}`)
    throw new Refusal('range_not_satisfiable', `The file has ${found.bytes} bytes.`, { bytes: found.bytes })
  }
  c.header('ETag', version.etag)
  c.header('Last-Modified', found.madeAt.toUTCString())
  c.header('Cache-Control', 'private, no-cache')
  if (answer.kind === 'not_modified') return c.body(null, 304)
  return sendPart(c, found, answer)
}

function sendPart(
  c: GatewayRequest,
  found: core.DropListFile,
  answer: Extract<FileAnswer, { kind: 'whole' | 'part' }>,
): Response {
  const isPart = answer.kind === 'part'
  const { first, last } = isPart ? answer : { first: 0, last: found.bytes - 1 }
  if (isPart) c.header('Content-Range', `bytes ${first}-${last}/${found.bytes}`)
  c.header('Content-Type', 'application/gzip')
  c.header('Content-Length', String(last - first + 1))
  c.header('Content-Disposition', `attachment; filename="${nameOf(found)}"`)
  const pieces = core.readDropListBytes(c.var.streaming ?? c.var.ctx, found, { first, last })
  return c.body(c.req.method === 'HEAD' ? '' : ReadableStream.from(pieces), isPart ? 206 : 200)
}

/** As the draft names files: `droplock_domain-drop-list_2026-11-28.csv.gz`. */
function nameOf({ madeAt, zone }: core.DropListFile): string {
  const day = madeAt.toISOString().slice(0, 10)
  return ['droplock', ...(zone === undefined ? [] : [zone]), 'domain-drop-list', `${day}.csv.gz`].join('_')
}
