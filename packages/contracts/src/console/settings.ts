import { confirmationMeans } from '@droplock/rules/confirmations'
import { contactRoles } from '@droplock/rules/contacts'
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

const Host = z.object({ host: z.string(), port: z.int(), server_name: z.string().optional() })

const seconds = z.int()

export const RegistrySettings = z
  .object({
    id: z.string(),
    profile: z.string().openapi({ description: 'The kind of registry, whose limits apply by default' }),
    quarantine: z.object({
      suspected_percent_max: z.int(),
      moved_percent_max: z.int(),
      rows_percent_min: z.int(),
      rejects_percent_max: z.int(),
    }),
    confirmation: z.object({ by: z.array(z.enum(confirmationMeans)), rdap_per_minute_max: z.int() }),
    accounts: z.array(
      z.object({
        id: z.string(),
        clid: z.string().openapi({ description: 'Our client id there (RFC 5730)' }),
        is_simulator: z.boolean(),
        hosts: z.array(Host).openapi({ description: 'In order of preference' }),
        drop_hosts: z.array(Host).optional().openapi({ description: 'Where creates are sent at the drop' }),
        limits: z
          .array(z.object({ name: z.string(), value: z.union([z.int(), z.boolean()]) }))
          .openapi({ description: 'Those of our contract; all others are as in the profile' }),
        source_address: z.string().optional(),
        client_certificate: z
          .string()
          .optional()
          .openapi({ description: "The name of the certificate in the catcher's settings" }),
      }),
    ),
    zones: z.array(
      z.object({
        name: z.string(),
        standard_fee: Money,
        renew_fee: Money,
        phase_fee: Money,
        may_have_premium: z.boolean(),
        rdap_url: z.string().optional(),
        contact_roles: z.array(z.enum(contactRoles)),
        cutoff_lead_seconds: seconds,
        late_renewal_days: z.int(),
        auto_renew_grace_days: z.int(),
      }),
    ),
  })
  .openapi('RegistrySettings')

export const getRegistrySettings = createRoute({
  operationId: 'getRegistrySettings',
  method: 'get',
  path: '/api/registries/{id}',
  tags,
  summary: 'Read a registry, our accounts there and the terms of its zones',
  description: 'Passwords and keys are settings of the catcher and are not stored here.',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: text(100).min(1) }) },
  responses: {
    200: json(RegistrySettings, 'The registry'),
    ...readProblems('invalid_request', 'registry_not_found'),
  },
})
