import { alarmKinds } from '@droplock/rules/alarms'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { AuditFacts } from './audit.ts'
import { changeProblems, changes, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'
import { Person } from './refund.ts'

export const Alarm = z
  .object({
    id: Id,
    kind: z.enum(alarmKinds),
    subject: z.string().openapi({ description: 'The id of what it is about', example: 'verisign-1' }),
    facts: AuditFacts.openapi({ description: 'What was seen last' }),
    raised_at: Time,
    last_seen_at: Time,
    closed_at: Time.optional(),
    closed_by: Person.optional().openapi({ description: 'Absent where it closed by itself' }),
    note: z.string().optional(),
    name: DomainName.optional().openapi({ description: 'The name that it is about, where it is about one' }),
    backorder_id: Id.optional(),
  })
  .openapi('Alarm')

export const AlarmList = listOf(Alarm, 'AlarmList')

const tags = ['Alarms']
const params = z.strictObject({ id: Id })

export const listAlarms = createRoute({
  operationId: 'listAlarms',
  method: 'get',
  path: '/api/alarms',
  tags,
  summary: 'What somebody has to know of, urgent ones first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      state: z.enum(['open', 'closed']).default('open'),
      kind: z.enum(alarmKinds).optional(),
    }),
  },
  responses: { 200: json(AlarmList, 'A page of alarms'), ...readProblems('invalid_request') },
})

export const closeAlarm = createRoute({
  operationId: 'closeAlarm',
  method: 'post',
  path: '/api/alarms/{id}/close',
  tags,
  summary: 'Close an alarm, saying how it was dealt with',
  description:
    'Most alarms close by themselves when their cause is gone. While the cause goes on, a closed one is raised anew. Closing ' +
    '`login_refused` tells the catcher to log in once more.',
  security: changes('alarms:close'),
  request: { params, body: body(z.strictObject({ note: z.string().max(500) }).openapi('CloseAlarm')) },
  responses: {
    200: json(Alarm, 'The alarm'),
    ...changeProblems('reason_required', 'alarm_not_found', 'alarm_closed'),
  },
})
