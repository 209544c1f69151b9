import { json } from '@droplock/contracts/common/responses'
import { readOwnKey } from '@droplock/core/api-keys'
import { listDropWindows } from '@droplock/core/drop-lists/read'
import { reply } from '@droplock/http/reply'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { writeCalendar } from '../http/calendar-text.ts'
import { calendarTokenOf } from '../http/calendar-token.ts'
import { ZonesInput } from './listing-filters.ts'

const tags = ['Downloads']

const getCalendar = createRoute({
  operationId: 'getCalendar',
  method: 'get',
  path: '/v1/calendar.ics',
  tags,
  summary: 'Read the drop windows and cut-offs of the coming days as iCalendar',
  description:
    'Two events for each zone and day, of the newest drop list. Calendar programs cannot send the key: give them the address of ' +
    '`GET /v1/calendar-address`.',
  security: keyWith('listings:read'),
  request: {
    query: z.strictObject({
      zone: ZonesInput,
      token: z
        .string()
        .max(200)
        .optional()
        .openapi({ description: 'Instead of a key: the token of `GET /v1/calendar-address`' }),
    }),
  },
  responses: {
    200: { description: 'The calendar (RFC 5545)', content: { 'text/calendar': { schema: z.string() } } },
    ...problems('read_limit_reached', 'invalid_request'),
  },
})

export const CalendarAddress = z
  .object({
    path: z.string().openapi({
      description:
        'The path of the calendar at this server, with its token; a filter such as `&zone=com` may be added',
      example: '/v1/calendar.ics?token=dlc_test_…',
    }),
  })
  .openapi('CalendarAddress')

const getCalendarAddress = createRoute({
  operationId: 'getCalendarAddress',
  method: 'get',
  path: '/v1/calendar-address',
  tags,
  summary: 'Read the address of the calendar for calendar programs',
  description:
    'Whoever has the address can read the calendar, and nothing else. It is valid as long as your API key; each key has its own.',
  security: keyWith('listings:read'),
  responses: { 200: json(CalendarAddress, 'The address'), ...problems() },
})

export const calendarOperations = { getCalendar, getCalendarAddress }

export function mountCalendar(app: Gateway): void {
  app.openapi(getCalendar, async (c) => {
    const { zone } = c.req.valid('query')
    const text = writeCalendar(await listDropWindows(c.var.ctx, zone?.split(',')))
    return c.body(text, 200, { 'Content-Type': 'text/calendar; charset=utf-8' })
  })

  app.openapi(getCalendarAddress, async (c) => {
    const { mode, ctx } = c.var
    const token = calendarTokenOf(mode, ctx.actor.keyId, await readOwnKey(ctx))
    return reply(c, 200, CalendarAddress, { path: `/v1/calendar.ics?token=${token}` })
  })
}
