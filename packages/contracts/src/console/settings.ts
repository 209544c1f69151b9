import { createRoute, z } from '@hono/zod-openapi'
import { Money, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const tags = ['Settings']

export const ServiceSettings = z
  .object({
    mode: z.enum(['live', 'test']),
    publication: z
      .object({ from: z.string(), to: z.string() })
      .optional()
      .openapi({ description: 'When lists are published (rule 5), local time; left out: at once' }),
    time_zone: z.string().openapi({ description: 'IANA; of the publication window' }),
  })
  .openapi('ServiceSettings', { description: 'Settings of the processes, which a restart changes' })

export const getServiceSettings = createRoute({
  operationId: 'getServiceSettings',
  method: 'get',
  path: '/api/settings',
  tags,
  summary: 'Read the settings of the processes',
  security: reads('console:read'),
  responses: { 200: json(ServiceSettings, 'The settings'), ...readProblems() },
})

export const Zone = z
  .object({
    name: z.string(),
    registry_id: z.string(),
    enabled: z.boolean().openapi({ description: 'Whether it takes new orders' }),
    fee_max: Money.openapi({ description: 'The most that a create at the drop costs us' }),
    may_have_premium: z.boolean().openapi({ description: 'Creates carry the standard fee as their cap' }),
  })
  .openapi('Zone')

export const ZoneList = listOf(Zone, 'ZoneList')

export const listZones = createRoute({
  operationId: 'listZones',
  method: 'get',
  path: '/api/zones',
  tags,
  summary: 'List the zones by name',
  security: reads('console:read'),
  request: {
    query: z.strictObject({ ...paging, q: text(100).min(1).optional(), registry_id: text(100).optional() }),
  },
  responses: { 200: json(ZoneList, 'A page of zones'), ...readProblems('invalid_request') },
})

export const switchZone = createRoute({
  operationId: 'switchZone',
  method: 'post',
  path: '/api/zones/{zone}/orders',
  tags,
  summary: 'Stop or allow new orders in a zone',
  description: 'Existing orders stay valid (rule 6).',
  security: changes('registries:set'),
  request: {
    params: z.strictObject({ zone: text(253).min(1) }),
    body: body(z.strictObject({ enabled: z.boolean(), reason: Reason }).openapi('SwitchZone')),
  },
  responses: {
    200: json(z.object({ name: z.string(), enabled: z.boolean() }), 'The zone'),
    ...changeProblems('reason_required', 'zone_not_found'),
  },
})
