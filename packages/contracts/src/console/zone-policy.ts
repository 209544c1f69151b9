import { releases } from '@droplock/rules/schedule/release'
import { createRoute, z } from '@hono/zod-openapi'
import { text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search } from './paging.ts'
import { Counts } from './schedule-changes.ts'

const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'a local time such as 14:00')
  .openapi({ example: '14:00' })

/** The limits are those of `requireZonePolicy`. Seconds: at most a year. */
const seconds = (min: number, description: string) =>
  z.int().min(min).max(31_536_000).openapi({ description })

const policy = {
  release: z.enum(releases).openapi({ description: 'How the registry releases names' }),
  drop_time_zone: text(64).openapi({
    description: 'IANA time zone of the local times',
    example: 'Europe/Rome',
  }),
  drop_starts_at: LocalTime,
  drop_also_at: z.array(LocalTime).max(23).openapi({ description: 'Further batches of the day, ascending' }),
  drop_lasts_seconds: seconds(1, 'How long a batch lasts'),
  early_seconds: seconds(0, 'How much before its exact time a name may be released'),
  late_seconds: seconds(0, 'How much after its exact time a name may be released'),
  cutoff_lead_seconds: seconds(0, 'Orders close this long before the window'),
  grace_seconds: seconds(0, 'Names are tried for this long after their window'),
  grace_full_seconds: seconds(0, 'The first part of it, at the pace of the window'),
  grace_probe_seconds: seconds(1, 'Afterwards a name is tried once in this time'),
  grace_share_percent: z
    .int()
    .min(1)
    .max(100)
    .openapi({ description: 'What all names together may use of the limits of the account meanwhile' }),
  drift_earlier_seconds_max: seconds(0, 'How much earlier submissions follow drops that are off schedule'),
  drift_later_seconds_max: seconds(0, 'How much later submissions follow drops that are off schedule'),
}

const version = z.int().min(1)

const PolicyTerms = z.object(policy).openapi('ZonePolicyTerms')

export const Policy = z
  .object({ ...policy, version: version.openapi({ description: 'Increases with every change' }) })
  .openapi('ZonePolicy')

export const PolicyPreview = z
  .object({
    before: PolicyTerms,
    after: PolicyTerms,
    counts: Counts.openapi({ description: 'What applying it to the live listings would do' }),
  })
  .openapi('ZonePolicyPreview')

export const ZonePolicyList = listOf(
  z
    .object({ zone: z.string(), registry_id: z.string(), ...policy, version: z.int() })
    .openapi('PolicyOfZone'),
  'ZonePolicyList',
)

const changed = z.strictObject(policy).partial()

const tags = ['Drop schedules']
const params = z.strictObject({ zone: text(253) })

export const listZonePolicies = createRoute({
  operationId: 'listZonePolicies',
  method: 'get',
  path: '/api/zone-policies',
  tags,
  summary: 'List the policies of all zones',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      q: Search.openapi({ description: 'A part of the zone' }),
      registry_id: text(100).optional(),
      release: z.enum(releases).optional(),
    }),
  },
  responses: { 200: json(ZonePolicyList, 'A page of policies'), ...readProblems('invalid_request') },
})

export const getZonePolicy = createRoute({
  operationId: 'getZonePolicy',
  method: 'get',
  path: '/api/zones/{zone}/policy',
  tags,
  summary: 'Read how names of a zone drop',
  security: reads('console:read'),
  request: { params },
  responses: { 200: json(Policy, 'The policy'), ...readProblems('invalid_request', 'zone_not_found') },
})

export const previewZonePolicy = createRoute({
  operationId: 'previewZonePolicy',
  method: 'post',
  path: '/api/zones/{zone}/policy/preview',
  tags,
  summary: 'Preview another policy: how many live listings differ from it',
  security: changes('registries:set'),
  request: { params, body: body(changed.openapi('PreviewZonePolicy')) },
  responses: {
    200: json(PolicyPreview, 'What would change'),
    ...changeProblems('zone_not_found', 'invalid_policy'),
  },
})

export const changeZonePolicy = createRoute({
  operationId: 'changeZonePolicy',
  method: 'post',
  path: '/api/zones/{zone}/policy',
  tags,
  summary: 'Change how names of a zone drop',
  description:
    'It applies to lists that are read from then on. A schedule change of the kind `policy` applies it to live listings.',
  security: changes('registries:set'),
  request: {
    params,
    body: body(
      changed
        .extend({
          version: version.openapi({ description: 'The version that is changed' }),
          reason: Reason,
        })
        .openapi('ChangeZonePolicy'),
    ),
  },
  responses: {
    200: json(Policy, 'The policy'),
    ...changeProblems('reason_required', 'zone_not_found', 'zone_policy_changed', 'invalid_policy'),
  },
})
