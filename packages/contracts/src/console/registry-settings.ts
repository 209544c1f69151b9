import { confirmationMeans } from '@droplock/rules/confirmations'
import { contactRoles } from '@droplock/rules/contacts'
import { createRoute, z } from '@hono/zod-openapi'
import { Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'

const Host = z.object({ host: z.string(), port: z.int(), server_name: z.string().optional() })

const LIMIT_MAX = 2_147_483_647
const limit = z.int().min(0).max(LIMIT_MAX).optional()

/** The limits that a contract with a registry can set, each left out where it is as in the profile. */
const limits = {
  sessions_max: limit,
  commands_per_second_max: limit,
  commands_per_minute_max: limit,
  idle_seconds_max: limit,
  session_life_seconds_max: limit,
  session_commands_max: limit,
  session_gap_ms: limit,
  name_gap_ms: limit,
  login_pause_ms: limit,
  error_pause_ms: limit,
  failed_creates_per_day_max: limit,
  checks_count_as_failed: z.boolean().optional(),
  transit_ms_max: limit,
  commands_in_flight_max: limit,
}

const percent = z.int().min(0).max(100)

const Quarantine = z.strictObject({
  suspected_percent_max: percent,
  moved_percent_max: percent,
  rows_percent_min: percent,
  rejects_percent_max: percent,
})

const Confirmation = z.strictObject({
  by: z.array(z.enum(confirmationMeans)).max(confirmationMeans.length),
  rdap_per_minute_max: z.int().min(0).max(LIMIT_MAX),
})

export const RegistrySettings = z
  .object({
    id: z.string(),
    version: z.int().openapi({ description: 'Raised by each change; an edit names the one that it changes' }),
    profile: z.string().openapi({ description: 'The kind of registry, whose limits apply by default' }),
    quarantine: Quarantine,
    confirmation: Confirmation,
    accounts: z.array(
      z.object({
        id: z.string(),
        clid: z.string().openapi({ description: 'Our client id there (RFC 5730)' }),
        is_simulator: z.boolean(),
        hosts: z.array(Host).openapi({ description: 'In order of preference' }),
        drop_hosts: z.array(Host).optional().openapi({ description: 'Where creates are sent at the drop' }),
        limits: z.object(limits).openapi({ description: 'Those of our contract' }),
        profile_limits: z
          .object(limits)
          .openapi({ description: 'Those of the profile, which apply where our contract has none' }),
        source_address: z.string().optional(),
        client_certificate: z
          .string()
          .optional()
          .openapi({ description: "The name of the certificate in the catcher's settings" }),
        password_name: z.string().optional().openapi({
          description: "The name of the password in the catcher's settings; left out: the one without",
        }),
        password_expires_at: Time.optional(),
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
        cutoff_lead_seconds: z.int(),
        late_renewal_days: z.int(),
        auto_renew_grace_days: z.int(),
      }),
    ),
  })
  .openapi('RegistrySettings')

const tags = ['Settings']
const params = z.strictObject({ id: text(100).min(1) })
const fee = z.int().min(0)

const parts = {
  quarantine: Quarantine.optional(),
  confirmation: Confirmation.optional(),
  account: z
    .strictObject({
      id: text(100).min(1),
      limits: z.strictObject(limits),
      source_address: text(100).min(1).optional(),
      client_certificate: text(100).min(1).optional(),
    })
    .optional(),
  zone: z
    .strictObject({
      name: text(253).min(1),
      standard_fee_minor: fee,
      renew_fee_minor: fee,
      phase_fee_minor: fee,
      may_have_premium: z.boolean(),
      rdap_url: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .optional(),
      contact_roles: z.array(z.enum(contactRoles)).max(contactRoles.length),
      late_renewal_days: z.int().min(0).max(365),
      auto_renew_grace_days: z.int().min(1).max(366),
    })
    .optional()
    .openapi({ description: 'Fees are in the currency in which the registry charges' }),
}

export const getRegistrySettings = createRoute({
  operationId: 'getRegistrySettings',
  method: 'get',
  path: '/api/registries/{id}',
  tags,
  summary: 'Read a registry, our accounts there and the terms of its zones',
  description: 'Passwords and keys are settings of the catcher and are not stored here.',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(RegistrySettings, 'The registry'),
    ...readProblems('invalid_request', 'registry_not_found'),
  },
})

const editProblems = [
  'registry_not_found',
  'registry_account_not_found',
  'zone_not_found',
  'registry_account_invalid',
  'confirmation_invalid',
] as const

export const RegistryEditPreview = z
  .object({ before: RegistrySettings, after: RegistrySettings })
  .openapi('RegistryEditPreview')

export const previewRegistryEdit = createRoute({
  operationId: 'previewRegistryEdit',
  method: 'post',
  path: '/api/registries/{id}/preview',
  tags,
  summary: 'Show what an edit of a registry would change; nothing is kept',
  security: changes('registries:set'),
  request: { params, body: body(z.strictObject(parts).openapi('PreviewRegistryEdit')) },
  responses: { 200: json(RegistryEditPreview, 'Before and after'), ...changeProblems(...editProblems) },
})

export const editRegistry = createRoute({
  operationId: 'editRegistry',
  method: 'post',
  path: '/api/registries/{id}',
  tags,
  summary: 'Edit how lists of a registry are checked, the limits of an account there, or the terms of a zone',
  description:
    'Each part that is given is replaced as a whole. A catcher takes over an account within seconds while nothing drops, else after ' +
    'the window; caps of fees follow at once. Hosts, client ids, profiles and new accounts are set by the command `registry put` ' +
    'alone, because a host is sent our password.',
  security: changes('registries:set'),
  request: {
    params,
    body: body(z.strictObject({ ...parts, version: z.int(), reason: Reason }).openapi('EditRegistry')),
  },
  responses: {
    200: json(RegistrySettings, 'The registry'),
    ...changeProblems('reason_required', 'stale_version', ...editProblems),
  },
})
