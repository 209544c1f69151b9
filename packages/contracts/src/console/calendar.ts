import { releases } from '@droplock/rules/schedule/release'
import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'

export const ScheduleCalendar = z
  .object({
    at: Time,
    days: z.array(
      z.object({
        day: z.string().openapi({
          description: 'On which windows start, by the time zone of the registry',
          example: '2026-11-28',
        }),
        zone: z.string(),
        registry_id: z.string(),
        release: z.enum(releases),
        drop_from: Time.openapi({ description: 'The start of the first window' }),
        drop_to: Time.openapi({ description: 'The end of the last window' }),
        first_cutoff_at: Time,
        names: z.int(),
        paid: z.int().openapi({ description: 'Names with a paid order' }),
        unpaid: z.int().openapi({ description: 'Names with an order that is not paid yet' }),
        capacity: z.int().optional().openapi({
          description:
            'How many names our accounts try together in a batch or window; absent where that depends on the second of each name',
        }),
      }),
    ),
    registries: z.array(
      z.object({
        id: z.string(),
        creates_per_second: z.int(),
        names_in_turn: z.int(),
      }),
    ),
  })
  .openapi('ScheduleCalendar')

export const getScheduleCalendar = createRoute({
  operationId: 'getScheduleCalendar',
  method: 'get',
  path: '/api/calendar',
  tags: ['Drop schedules'],
  summary: 'Count the windows of live listings by day and zone',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      from: DateInput.openapi({ description: 'The first day' }),
      to: DateInput.openapi({ description: 'The last day; at most 45 days are counted at once' }),
      zone: text(253).optional(),
      registry_id: text(100).optional(),
    }),
  },
  responses: {
    200: json(ScheduleCalendar, 'The days that have windows'),
    ...readProblems('invalid_request', 'invalid_period'),
  },
})
