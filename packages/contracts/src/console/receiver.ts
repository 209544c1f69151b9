import { alarmKinds } from '@droplock/rules/alarms'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { statesOf } from '@droplock/rules/machines/machine'
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

/** What can be changed of a receiver. */
const terms = {
  alarm_kinds: z
    .array(z.enum(alarmKinds))
    .min(1)
    .max(alarmKinds.length)
    .optional()
    .openapi({ description: 'If left out: alarms of every kind, including those of later releases' }),
  on_close: z.boolean().openapi({ description: 'Whether closed alarms are reported too' }),
  secret_name: text(SECRET_NAME_LENGTH_MAX).optional().openapi({
    description:
      "For a webhook: the name of its signing secret in the worker's setting `DROPLOCK_WEBHOOK_SECRETS`",
    example: 'pager',
  }),
}

export const Receiver = z
  .object({
    id: Id,
    kind: z.enum(receiverKinds),
    address,
    ...terms,
    version: z.int().openapi({ description: 'Raised by each change; an edit names the one that it changes' }),
    created_at: Time,
    disabled_at: Time.optional(),
    pending: z.int().openapi({ description: 'Events not delivered yet' }),
    failed: z.int().openapi({ description: 'Events whose delivery was given up' }),
    last_delivered_at: Time.optional(),
    last_failure: z.string().optional().openapi({ description: 'Why the latest of these was not delivered' }),
  })
  .openapi('Receiver', { description: 'Where alarms are sent, with the state of delivery' })

export const ReceiverList = listOf(Receiver, 'ReceiverList')

const tags = ['Alarms']
const params = z.strictObject({ id: Id })

export const listReceivers = createRoute({
  operationId: 'listReceivers',
  method: 'get',
  path: '/api/receivers',
  tags,
  summary: 'List alarm receivers, disabled ones last',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(ReceiverList, 'A page of receivers'), ...readProblems('invalid_request') },
})

export const getReceiver = createRoute({
  operationId: 'getReceiver',
  method: 'get',
  path: '/api/receivers/{id}',
  tags,
  summary: 'Read an alarm receiver',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(Receiver, 'The receiver'),
    ...readProblems('invalid_request', 'receiver_not_found'),
  },
})

export const addReceiver = createRoute({
  operationId: 'addReceiver',
  method: 'post',
  path: '/api/receivers',
  tags,
  summary: 'Add a mail address or a webhook as a receiver of alarms',
  description:
    'Webhooks follow Standard Webhooks, with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. A delivery is ' +
    'repeated with the same id for about a day until the answer is 2xx.',
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
  summary: 'Change which alarms a receiver gets, or its secret',
  security: changes('receivers:manage'),
  request: {
    params,
    body: body(z.strictObject({ ...terms, version: z.int(), reason: Reason }).openapi('ChangeReceiver')),
  },
  responses: {
    200: json(Receiver, 'The receiver'),
    ...changeProblems(
      'reason_required',
      'receiver_invalid',
      'receiver_not_found',
      'receiver_disabled',
      'stale_version',
    ),
  },
})

export const resendToReceiver = createRoute({
  operationId: 'resendToReceiver',
  method: 'post',
  path: '/api/receivers/{id}/resend',
  tags,
  summary: 'Send undelivered events to a receiver again',
  security: changes('receivers:manage'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('ResendToReceiver')) },
  responses: {
    200: json(Receiver, 'The receiver; the events are queued again'),
    ...changeProblems('reason_required', 'receiver_not_found', 'receiver_disabled'),
  },
})

export const ReceiverTest = z
  .object({
    id: Id,
    receiver_id: Id,
    state: z.enum(statesOf(deliveryMachine)).openapi({
      description: '`pending`: no worker has sent it yet, or it is tried again',
    }),
    requested_at: Time,
    attempts: z.int(),
    decided_at: Time.optional(),
    answer: z.string().optional().openapi({ description: 'What the receiver answered last' }),
    failure: z.string().optional().openapi({ description: 'Why the last attempt failed' }),
  })
  .openapi('ReceiverTest')

export const testReceiver = createRoute({
  operationId: 'testReceiver',
  method: 'post',
  path: '/api/receivers/{id}/test',
  tags,
  summary: 'Send a test to a receiver, and to no other',
  description: 'A worker sends it, as it sends alarms: a mail marked as a test, or an event `alarm.tested`.',
  security: changes('receivers:manage'),
  request: { params },
  responses: {
    201: json(ReceiverTest, 'The test'),
    ...changeProblems('receiver_not_found', 'receiver_disabled'),
  },
})

export const getReceiverTest = createRoute({
  operationId: 'getReceiverTest',
  method: 'get',
  path: '/api/receiver-tests/{id}',
  tags,
  summary: 'Read what became of the test of a receiver',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(ReceiverTest, 'The test'),
    ...readProblems('invalid_request', 'receiver_test_not_found'),
  },
})

export const disableReceiver = createRoute({
  operationId: 'disableReceiver',
  method: 'post',
  path: '/api/receivers/{id}/disable',
  tags,
  summary: 'Disable a receiver',
  security: changes('receivers:manage'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('DisableReceiver')) },
  responses: {
    200: json(Receiver, 'The receiver, disabled'),
    ...changeProblems('reason_required', 'receiver_not_found', 'receiver_disabled'),
  },
})
