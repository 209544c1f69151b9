import {
  CREDENTIALS_NAME_CHARACTERS_MAX,
  LATE_SECONDS_MAX,
  POLL_SECONDS_MAX,
  PRECEDENCE_MAX,
  sourceFailures,
} from '@droplock/rules/list-sources'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search } from './paging.ts'
import { listFormats } from './sync-runs.ts'

const percent = z.int().min(0).max(100).optional()

/** What can be set of a source. What is left out is as the description says. */
const terms = {
  address: text(2_000).min(1).openapi({
    description: 'An http:// or https:// URL without user and password, or an absolute path on the workers',
    example: 'https://lists.example.com/drop.csv.gz',
  }),
  format: z.enum(listFormats).optional().openapi({ description: 'If left out: detected from each list' }),
  scope_kind: z
    .enum(['snapshot', 'increment'])
    .optional()
    .openapi({ description: 'If left out: as the format says' }),
  time_zone: text(100).min(1).optional().openapi({
    description: 'IANA time zone of the list’s dates and of `expected_by`; UTC if left out',
    example: 'Europe/Warsaw',
  }),
  expected_by: text(8).optional().openapi({
    description: 'Local time of day by which the list of the day has come; any if left out',
    example: '09:30',
  }),
  late_allowance_seconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .openapi({ description: 'How much later than `expected_by` a list may come; 1,800 if left out' }),
  late_after_seconds: z.int().min(1).max(LATE_SECONDS_MAX).optional().openapi({
    description: 'The source is late after this time without a new list; if left out, it never is',
  }),
  credentials: text(CREDENTIALS_NAME_CHARACTERS_MAX).min(1).optional().openapi({
    description:
      "The name of its user and password, or token, in the worker's setting `DROPLOCK_SOURCE_CREDENTIALS`",
  }),
  precedence: z
    .int()
    .min(-PRECEDENCE_MAX)
    .max(PRECEDENCE_MAX)
    .optional()
    .openapi({ description: 'Of two sources that list one name, the higher number decides; 0 if left out' }),
  poll_seconds: z
    .int()
    .min(1)
    .max(POLL_SECONDS_MAX)
    .optional()
    .openapi({ description: 'Time between two tries; if left out, as the worker is set' }),
  suspected_percent_max: percent.openapi({ description: 'If left out: the limit of the registry' }),
  moved_percent_max: percent.openapi({ description: 'If left out: the limit of the registry' }),
  rows_percent_min: percent.openapi({ description: 'If left out: the limit of the registry' }),
}

export const ListSource = z
  .object({
    id: Id,
    registry_id: z.string(),
    ...terms,
    format: z.string().optional(),
    enabled: z.boolean(),
    version: z.int().openapi({ description: 'Increases with every change of its terms' }),
    created_at: Time,
    list_at: Time.openapi({ description: 'Its last new list; if it had none, since when it is read' }),
    age_seconds: z.int().openapi({ description: 'Seconds since `list_at`' }),
    late_seconds: z.int().openapi({ description: 'Seconds for which it has been late; 0 if it is not' }),
    good_at: Time.optional().openapi({ description: 'The last try that succeeded, also with nothing new' }),
    tried_at: Time.optional(),
    next_try_at: Time.optional().openapi({ description: 'Absent for a disabled source' }),
    is_claimed: z.boolean().openapi({ description: 'A worker is fetching it now' }),
    requested: z
      .enum(['list', 'dry_run'])
      .optional()
      .openapi({ description: 'The fetch that an operator requested and that is not done yet' }),
    failures: z.int().openapi({ description: 'Failed tries in a row' }),
    failure_code: z.enum(sourceFailures).optional(),
    failure: z.string().optional(),
  })
  .openapi('ListSource', { description: 'Where drop lists are fetched from, with its health' })

export const ListSourceList = listOf(ListSource, 'ListSourceList')

const sourceStates = ['enabled', 'failing', 'disabled'] as const

const tags = ['Syncs']
const params = z.strictObject({ id: Id })
const reasoned = body(z.strictObject({ reason: Reason }).openapi('ListSourceDecision'))

export const listListSources = createRoute({
  operationId: 'listListSources',
  method: 'get',
  path: '/api/list-sources',
  tags,
  summary: 'List the sources of drop lists with their health, disabled ones last',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      registry_id: text(100).optional(),
      q: Search.openapi({ description: 'A part of the address' }),
      state: z.enum(sourceStates).optional().openapi({
        description: '`failing`: enabled, and its last try failed',
      }),
    }),
  },
  responses: { 200: json(ListSourceList, 'A page of sources'), ...readProblems('invalid_request') },
})

export const getListSource = createRoute({
  operationId: 'getListSource',
  method: 'get',
  path: '/api/list-sources/{id}',
  tags,
  summary: 'Read a source with its health',
  security: reads('console:read'),
  request: { params },
  responses: { 200: json(ListSource, 'The source'), ...readProblems('invalid_request', 'source_not_found') },
})

export const addListSource = createRoute({
  operationId: 'addListSource',
  method: 'post',
  path: '/api/list-sources',
  tags,
  summary: 'Add a source of drop lists',
  description: 'Workers fetch it within seconds, and then at its interval.',
  security: changes('sources:manage'),
  request: {
    body: body(z.strictObject({ registry_id: text(100).min(1), ...terms }).openapi('AddListSource')),
  },
  responses: {
    201: json(ListSource, 'The source'),
    ...changeProblems('source_invalid', 'source_exists', 'registry_not_found'),
  },
})

export const changeListSource = createRoute({
  operationId: 'changeListSource',
  method: 'post',
  path: '/api/list-sources/{id}',
  tags,
  summary: 'Change a source',
  description: 'All terms are replaced: those left out become as if the source had been added without them.',
  security: changes('sources:manage'),
  request: {
    params,
    body: body(
      z
        .strictObject({
          ...terms,
          version: z.int().min(1).openapi({ description: 'The version that is changed' }),
          reason: Reason,
        })
        .openapi('ChangeListSource'),
    ),
  },
  responses: {
    200: json(ListSource, 'The source'),
    ...changeProblems(
      'reason_required',
      'source_not_found',
      'source_changed',
      'source_invalid',
      'source_exists',
    ),
  },
})

export const disableListSource = createRoute({
  operationId: 'disableListSource',
  method: 'post',
  path: '/api/list-sources/{id}/disable',
  tags,
  summary: 'Disable a source',
  security: changes('sources:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(ListSource, 'The source, disabled'),
    ...changeProblems('reason_required', 'source_not_found', 'source_disabled'),
  },
})

export const enableListSource = createRoute({
  operationId: 'enableListSource',
  method: 'post',
  path: '/api/list-sources/{id}/enable',
  tags,
  summary: 'Enable a source',
  security: changes('sources:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(ListSource, 'The source, enabled'),
    ...changeProblems('reason_required', 'source_not_found'),
  },
})

export const fetchListSource = createRoute({
  operationId: 'fetchListSource',
  method: 'post',
  path: '/api/list-sources/{id}/fetch',
  tags,
  summary: 'Fetch a source now',
  description: 'A worker fetches it within seconds. With `dry_run` its list is compared and nothing changes.',
  security: changes('sources:manage'),
  request: {
    params,
    body: body(
      z.strictObject({ reason: Reason, dry_run: z.boolean().optional() }).openapi('FetchListSource'),
    ),
  },
  responses: {
    200: json(ListSource, 'The source; the fetch is requested'),
    ...changeProblems('reason_required', 'source_not_found', 'source_disabled'),
  },
})
