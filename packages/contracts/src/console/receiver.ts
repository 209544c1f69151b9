import { alarmKinds } from '@droplock/rules/alarms'
import { ADDRESS_LENGTH_MAX, receiverKinds, SECRET_NAME_LENGTH_MAX } from '@droplock/rules/notifications'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const address = text(ADDRESS_LENGTH_MAX).openapi({
  description: 'A mail address, or an http:// or https:// URL without user and password',
  example: 'oncall@example.com',
})

/** What may be changed of one. */
const terms = {
  alarm_kinds: z
    .array(z.enum(alarmKinds))
    .min(1)
    .max(alarmKinds.length)
    .optional()
    .openapi({ description: 'Left out: of every kind, those of later releases included' }),
  on_close: z.boolean().openapi({ description: 'Whether it is also told that an alarm is over' }),
  secret_name: text(SECRET_NAME_LENGTH_MAX).optional().openapi({
    description:
      'Of a webhook: the name of the secret that signs it, in `DROPLOCK_WEBHOOK_SECRETS` of the worker’s settings',
    example: 'pager',
  }),
}

export const Receiver = z
  .object({
    id: Id,
    kind: z.enum(receiverKinds),
    address,
    ...terms,
    created_at: Time,
    disabled_at: Time.optional(),
    pending: z.int().openapi({ description: 'Events on their way to it' }),
    failed: z.int().openapi({ description: 'Events that were given up' }),
    last_delivered_at: Time.optional(),
    last_failure: z.string().optional().openapi({ description: 'Why the newest of those was not taken' }),
  })
  .openapi('Receiver', { description: 'Where alarms are sent, and how that fares' })

export const ReceiverList = listOf(Receiver, 'ReceiverList')

const tags = ['Alarms']
const params = z.strictObject({ id: Id })

export const listReceivers = createRoute({
  operationId: 'listReceivers',
  method: 'get',
  path: '/api/receivers',
  tags,
  summary: 'Where alarms are sent; the disabled ones come last',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(ReceiverList, 'A page of receivers'), ...readProblems('invalid_request') },
})

export const addReceiver = createRoute({
  operationId: 'addReceiver',
  method: 'post',
  path: '/api/receivers',
  tags,
  summary: 'Have alarms sent to a mail address or a webhook from now on',
  description:
    'A webhook is signed as Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature`. It is repeated until it is ' +
    'answered with 2xx, for about a day; repetitions have the same id.',
  security: changes('receivers:manage'),
  request: {
    body: body(z.strictObject({ kind: z.enum(receiverKinds), address, ...terms }).openapi('AddReceiver')),
  },
  responses: {
    201: json(Receiver, 'The receiver'),
    ...changeProblems('receiver_invalid', 'receiver_exists'),
  },
})

export const changeReceiver = createRoute({
  operationId: 'changeReceiver',
  method: 'post',
  path: '/api/receivers/{id}',
  tags,
  summary: 'Change what a receiver is told of, or its secret',
  security: changes('receivers:manage'),
  request: { params, body: body(z.strictObject({ ...terms, reason: Reason }).openapi('ChangeReceiver')) },
  responses: {
    200: json(Receiver, 'The receiver'),
    ...changeProblems('reason_required', 'receiver_invalid', 'receiver_not_found', 'receiver_disabled'),
  },
})

export const resendToReceiver = createRoute({
  operationId: 'resendToReceiver',
  method: 'post',
  path: '/api/receivers/{id}/resend',
  tags,
  summary: 'Send again what a receiver did not take',
  security: changes('receivers:manage'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('ResendToReceiver')) },
  responses: {
    200: json(Receiver, 'The receiver, with those events on their way'),
    ...changeProblems('reason_required', 'receiver_not_found', 'receiver_disabled'),
  },
})

export const disableReceiver = createRoute({
  operationId: 'disableReceiver',
  method: 'post',
  path: '/api/receivers/{id}/disable',
  tags,
  summary: 'Send nothing more to a receiver',
  security: changes('receivers:manage'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('DisableReceiver')) },
  responses: {
    200: json(Receiver, 'The receiver, disabled'),
    ...changeProblems('reason_required', 'receiver_not_found', 'receiver_disabled'),
  },
})
