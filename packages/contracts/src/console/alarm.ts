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
    subject: z.string().openapi({ description: 'The id of the subject', example: 'verisign-1' }),
    facts: AuditFacts.openapi({ description: 'The latest facts' }),
    raised_at: Time,
    last_seen_at: Time,
    closed_at: Time.optional(),
    closed_by: Person.optional().openapi({ description: 'Absent if it closed automatically' }),
    note: z.string().optional(),
    name: DomainName.optional().openapi({ description: 'The domain name, if the alarm is about one' }),
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
  summary: 'List alarms, urgent ones first',
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
  summary: 'Close an alarm with a note',
  description:
    'Most alarms close automatically when their cause is gone. If the cause remains, a closed alarm is raised again. Closing ' +
    '`login_refused` makes the catcher log in again.',
  security: changes('alarms:close'),
  request: { params, body: body(z.strictObject({ note: z.string().max(500) }).openapi('CloseAlarm')) },
  responses: {
    200: json(Alarm, 'The alarm'),
    ...changeProblems('reason_required', 'alarm_not_found', 'alarm_closed'),
  },
})
