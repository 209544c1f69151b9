import { json } from '@droplock/contracts/common/responses'
import { AccountEvent, EventCursor } from '@droplock/contracts/events'
import { type FeedEvent } from '@droplock/core/events/feed'
import { listOwnEvents } from '@droplock/core/events/list-own'
import { reply } from '@droplock/http/reply'
import { accountTopics, isAccountTopic } from '@droplock/rules/events'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, Limit, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'

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

export const eventOperations = { listEvents }

export function mountEvents(app: Gateway): void {
  app.openapi(listEvents, async (c) => {
    const { topic: topics, ...query } = c.req.valid('query')
    const { items, cursor, hasMore } = await listOwnEvents(c.var.ctx, { ...query, topics })
    const text = cursor.toString()
    const page = { items: items.flatMap(presentEvent), cursor: text, ...(hasMore && { next: text }) }
    return reply(c, 200, EventPage, page)
  })
}

/** An event as it is sent; nothing for one that accounts are not told of. */
export function presentEvent({ id, topic: type, occurredAt, position, data }: FeedEvent) {
  if (!isAccountTopic(type)) return []
  const event = { id, type, timestamp: occurredAt.toISOString(), cursor: position.toString(), data }
  // Its topic determines its data, which `reply` checks.
  return [event as z.input<typeof AccountEvent>]
}
