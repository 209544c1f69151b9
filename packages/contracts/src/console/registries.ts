import { messageKinds } from '@droplock/rules/registry-messages'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { AuditFacts } from './audit.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search, TimeInput } from './paging.ts'

export const RegistryStop = z
  .object({
    id: Id,
    registry_id: z.string(),
    reason: z.string(),
    stopped_at: Time,
    stopped_by: z.string(),
    proposal_id: Id.optional().openapi({ description: 'The proposal, where two people decided' }),
    ended_at: Time.optional().openapi({ description: 'Left out: no create is sent to this registry' }),
    ended_by: z.string().optional(),
    end_reason: z.string().optional(),
  })
  .openapi('RegistryStop')

export const RegistryStopList = listOf(RegistryStop, 'RegistryStopList')

export const RegistryMessage = z
  .object({
    registry_account_id: z.string(),
    message_id: z.string().openapi({ description: 'The id of the registry' }),
    kind: z.enum(messageKinds).openapi({
      description:
        'By its data where a standard has it, else by its text; `other` is not read by the service',
    }),
    queued_at: Time.optional(),
    received_at: Time,
    text: z.string(),
    about: z.string().optional().openapi({ description: 'The name, contact or host' }),
    notice: AuditFacts.optional().openapi({ description: 'What was read of the data of a standard' }),
    evidence: z.string().openapi({ description: 'The whole answer of the registry, with secrets masked' }),
  })
  .openapi('RegistryMessage')

export const RegistryMessageList = listOf(RegistryMessage, 'RegistryMessageList')

export const Maintenance = z
  .object({
    id: Id,
    registry_id: z.string(),
    starts_at: Time,
    ends_at: Time,
    note: z.string(),
    noted_at: Time,
    noted_by: z.string().openapi({ description: 'A person, or the registry account whose message said it' }),
    canceled_at: Time.optional(),
  })
  .openapi('Maintenance')

export const MaintenanceList = listOf(Maintenance, 'MaintenanceList')

const tags = ['Registries']
const params = z.strictObject({ id: text(100).min(1) })
const withReason = (name: string) => body(z.strictObject({ reason: Reason }).openapi(name))

export const listRegistryStops = createRoute({
  operationId: 'listRegistryStops',
  method: 'get',
  path: '/api/registry-stops',
  tags,
  summary: 'List stops of registries, the open ones first',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(RegistryStopList, 'A page of stops'), ...readProblems('invalid_request') },
})

export const stopRegistry = createRoute({
  operationId: 'stopRegistry',
  method: 'post',
  path: '/api/registries/{id}/stop',
  tags,
  summary: 'Stop a registry: no create is sent there until it is restarted',
  description:
    'Within a second, for all our accounts, also after a restart of the catchers. What is in flight is decided. While names that ' +
    'were paid for are in their window, two people decide: propose it.',
  security: changes('registries:stop'),
  request: { params, body: withReason('StopRegistry') },
  responses: {
    200: json(RegistryStop, 'The stop'),
    ...changeProblems('reason_required', 'registry_not_found', 'registry_stopped', 'stop_needs_two_people'),
  },
})

export const restartRegistry = createRoute({
  operationId: 'restartRegistry',
  method: 'post',
  path: '/api/registries/{id}/restart',
  tags,
  summary: 'Restart a registry that was stopped',
  security: changes('registries:stop'),
  request: { params, body: withReason('RestartRegistry') },
  responses: {
    200: json(RegistryStop, 'The stop, which has ended'),
    ...changeProblems('reason_required', 'registry_not_stopped'),
  },
})

export const listRegistryMessages = createRoute({
  operationId: 'listRegistryMessages',
  method: 'get',
  path: '/api/registry-messages',
  tags,
  summary: 'List messages of registries, the newest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      kind: z.enum(messageKinds).optional(),
      registry_id: text(100).optional(),
      q: Search.openapi({ description: 'A part of the name, contact or host that it is about' }),
      from: TimeInput.optional().openapi({ description: 'Received at or after this' }),
      to: TimeInput.optional().openapi({ description: 'Received before this' }),
      registry_account_id: text(100).min(1).optional(),
    }),
  },
  responses: { 200: json(RegistryMessageList, 'A page of messages'), ...readProblems('invalid_request') },
})

export const listMaintenances = createRoute({
  operationId: 'listMaintenances',
  method: 'get',
  path: '/api/maintenances',
  tags,
  summary: 'List maintenances of registries, the latest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      registry_id: text(100).optional(),
      from: TimeInput.optional().openapi({ description: 'Those that end after this' }),
      to: TimeInput.optional().openapi({ description: 'Those that start before this' }),
    }),
  },
  responses: { 200: json(MaintenanceList, 'A page of maintenances'), ...readProblems('invalid_request') },
})

export const noteMaintenance = createRoute({
  operationId: 'noteMaintenance',
  method: 'post',
  path: '/api/maintenances',
  tags,
  summary: 'Enter a maintenance that a registry announced',
  description: 'Names with orders that drop during it raise an alarm.',
  security: changes('registries:set'),
  request: {
    body: body(
      z
        .strictObject({
          registry_id: text(100).min(1),
          starts_at: TimeInput,
          ends_at: TimeInput,
          reason: Reason.openapi({ description: 'What the registry wrote, and where' }),
        })
        .openapi('NoteMaintenance'),
    ),
  },
  responses: {
    201: json(z.object({ id: Id }).openapi('NotedMaintenance'), 'Its id'),
    ...changeProblems('reason_required', 'registry_not_found', 'invalid_window'),
  },
})

export const cancelMaintenance = createRoute({
  operationId: 'cancelMaintenance',
  method: 'post',
  path: '/api/maintenances/{id}/cancel',
  tags,
  summary: 'Cancel a maintenance that does not take place',
  security: changes('registries:set'),
  request: { params: z.strictObject({ id: Id }), body: withReason('CancelMaintenance') },
  responses: {
    200: json(z.object({ id: Id }).openapi('CanceledMaintenance'), 'Its id'),
    ...changeProblems('reason_required', 'maintenance_not_found'),
  },
})
