import { json } from '@droplock/contracts/common/responses'
import { AccountEvent, EventCursor } from '@droplock/contracts/events'
import type { AccountActor } from '@droplock/core/context'
import { listOwnEvents, startOwnStream } from '@droplock/core/events/list-own'
import { reply } from '@droplock/http/reply'
import { sourceFrom } from '@droplock/http/source'
import { streamBody } from '@droplock/http/stream-body'
import { accountTopics } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, Limit, problems } from '../contract.ts'
import { presentEvent } from '../events/event-frame.ts'
import { streamTexts } from '../events/stream-texts.ts'
import type { Dependencies, Gateway, GatewayRequest } from '../gateway.ts'
import { isAllowedAddress } from '../http/allowed-addresses.ts'

export const EventPage = z
  .object({
    items: z.array(AccountEvent).openapi({ description: 'Oldest first' }),
    cursor: EventCursor.openapi({
      description: 'Give it as `after` to read on from here, now or later, also where there were no items',
    }),
    next: z.string().optional().openapi({
      description: 'The same cursor where more events may follow at once; absent on the last page',
    }),
  })
  .openapi('EventPage')

const cursorForm = /^\d{1,18}$/

export const after = z
  .string()
  .regex(cursorForm, 'the `cursor` of an event or of an earlier page')
  .transform(BigInt)
  .optional()
  .openapi({
    type: 'string',
    pattern: cursorForm.source,
    description: 'The `cursor` of an event or of an earlier page: only what came after it',
    example: '4711',
  })

const topicsForm = /^[a-z_.]{1,60}(?:,[a-z_.]{1,60}){0,99}$/

export const topic = z
  .string()
  .regex(topicsForm, 'topics with commas between')
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(accountTopics)))
  .optional()
  .openapi({
    type: 'string',
    pattern: topicsForm.source,
    description: 'One or more topics, with commas between them. Left out: all',
    example: 'backorder.successful,backorder.failed',
  })

const listEvents = createRoute({
  operationId: 'listEvents',
  method: 'get',
  path: '/v1/events',
  tags: ['Events'],
  summary: "Read the account's events, oldest first",
  description:
    'From the oldest event that is kept, or after a cursor. Events are kept for 30 days. They are the bodies of webhooks, with a `cursor`: ' +
    'nothing ever appears before a cursor that was given, so a program that continues from its last one misses nothing. A page may have ' +
    'fewer items than asked for, or none, and still have a `next`. A key of a sub-account reads the events about its orders alone.',
  security: keyWith('events:read'),
  request: { query: z.strictObject({ after, topic, limit: Limit }) },
  responses: {
    200: json(EventPage, 'A page of events'),
    ...problems('read_limit_reached', 'invalid_request', 'event_cursor_gone'),
  },
})

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description:
    'The id of the last event that was read. Clients send it when they connect again; it takes precedence over `after`',
  schema: { type: 'string', pattern: cursorForm.source },
  example: '4711',
} as const

const streamEvents = createRoute({
  operationId: 'streamEvents',
  method: 'get',
  path: '/v1/events/stream',
  tags: ['Events'],
  summary: "Follow the account's events as they happen",
  description:
    'Server-sent events: `id` is the cursor, `event` the topic and `data` the event as `GET /v1/events` has it. Without a cursor the ' +
    'stream begins with what happens from now on; with `Last-Event-ID` or `after` it first gives what came after that. A comment comes ' +
    'every 15 seconds. An event `resync` with the data `{"code":"event_cursor_gone","oldest_cursor":"…"}` says that events after the ' +
    'cursor are gone: read the state that you need again, for everything that happens from then on follows. A stream ends when its server ' +
    'is restarted, when its key may not be used any more, and when it is read too slowly: connect again with `Last-Event-ID`.',
  security: keyWith('events:read'),
  parameters: [lastEventId],
  request: { query: z.strictObject({ after, topic }) },
  responses: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problems('read_limit_reached', 'invalid_request', 'too_many_streams'),
  },
})

export const eventOperations = { listEvents, streamEvents }

export function mountEvents(app: Gateway, { modes }: Pick<Dependencies, 'modes'>): void {
  app.openapi(listEvents, async (c) => {
    const { topic: topics, ...query } = c.req.valid('query')
    const { events, cursor, hasMore } = await listOwnEvents(c.var.ctx, { ...query, topics })
    const text = cursor.toString()
    const items = events.flatMap((event) => presentEvent(event) ?? [])
    return reply(c, 200, EventPage, { items, cursor: text, ...(hasMore && { next: text }) })
  })

  app.openapi(streamEvents, async (c) => {
    const { topic: topics, ...query } = c.req.valid('query')
    const start = await startOwnStream(c.var.ctx, readLastEventId(c) ?? query.after)
    const { hub, isServed } = modes[c.var.mode] ?? {}
    if (hub === undefined) throw new Refusal('unavailable', 'This server has no streams.')
    const { actor } = c.var.ctx
    const source = sourceFrom(c.env)
    const isAllowed = (now: AccountActor) =>
      isServed?.() !== false && now.scopes.includes('events:read') && isAllowedAddress(now, source)
    const stream = hub.admit({ actor, topics: topics && new Set(topics), isAllowed })
    const ctx = { ...c.var.ctx, ...c.var.streaming }
    const read = (position: bigint) =>
      listOwnEvents(ctx, { after: position, topics, limit: EVENTS_PER_READ_MAX })
    c.header('Content-Type', 'text/event-stream')
    // A proxy would gather what is to be seen at once.
    c.header('X-Accel-Buffering', 'no')
    // Ends with the stream, so that a process that is about to end waits for no further request.
    c.header('Connection', 'close')
    if (c.req.method !== 'HEAD') return c.body(streamBody(stream, streamTexts({ stream, read, start })))
    stream.leave()
    return c.body(null)
  })
}

/** Of what a client has missed, read at once: some hundred kilobytes in memory. */
const EVENTS_PER_READ_MAX = 200

/** Throws Refusal('invalid_request'). */
function readLastEventId(c: Pick<GatewayRequest, 'req'>): bigint | undefined {
  const text = c.req.header(lastEventId.name)
  if (text === undefined || text === '') return undefined
  if (cursorForm.test(text)) return BigInt(text)
  throw new Refusal('invalid_request', 'The header Last-Event-ID is no cursor.', {}, [
    { header: lastEventId.name, detail: 'must be the id of an event of the stream' },
  ])
}
