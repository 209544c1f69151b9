import { sourceFailures } from '@droplock/rules/list-sources'
import { isTimeZone } from '@droplock/rules/schedule/local-time'
import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, DomainName, Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { quarantineReasons, syncRunStates } from '../common/words.ts'
import { Schedule } from './listings.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, Search, sorting, TimeInput } from './paging.ts'

/** The list formats that can be read; a test compares them with the readers. */
export const listFormats = [
  'ietf-csv',
  'pl-text',
  'pl-deleted',
  'se-text',
  'se-json',
  'hexonet-csv',
  'pool-csv',
] as const

/** Names that a run does not change are only counted. */
const changeKinds = ['added', 'moved', 'suspected', 'overridden', 'too_late', 'blocked'] as const

const syncRun = {
  id: Id,
  registry_id: z.string(),
  source: z.string().openapi({ description: 'A file name or an address' }),
  format: z.string(),
  content_sha256: z.string(),
  scope: z.object({
    kind: z.enum(['snapshot', 'increment']),
    zones: z.array(z.string()),
    from: z.string().optional().openapi({ description: 'First drop date' }),
    to: z.string().optional().openapi({ description: 'Last drop date' }),
  }),
  state: z.enum(syncRunStates),
  rows_read: z.int(),
  rows_rejected: z.int(),
  truncated: z.boolean().openapi({ description: 'The list is incomplete: its end is missing' }),
  counts: z
    .object({
      added: z.int(),
      moved: z.int(),
      suspected: z.int(),
      overridden: z.int().openapi({ description: 'Kept because of a manual change' }),
      too_late: z.int(),
      blocked: z.int().openapi({ description: 'Not listed: operators have blocked the name' }),
      unchanged: z.int(),
    })
    .optional()
    .openapi({ description: 'What the publication has changed; absent before it' }),
  quarantine_reasons: z.array(z.enum(quarantineReasons)),
  source_id: Id.optional().openapi({ description: 'The list source; absent for an upload' }),
  purpose: z.enum(['listing', 'observed']).openapi({
    description: '`observed`: names that the registry has deleted; they are recorded and not listed',
  }),
  dry_run: z.boolean().openapi({ description: 'Read and compared only; it cannot be published' }),
  progress: z
    .object({
      octets_read: z.int(),
      octets_total: z.int().optional().openapi({ description: 'Absent while it is not known' }),
    })
    .openapi({
      description: 'Written once a second while the list is fetched and read; rows are `rows_read`',
    }),
  failure: z.string().optional(),
  failure_code: z.enum(sourceFailures).optional(),
  excerpt: z.string().optional().openapi({ description: 'The first line of what came in place of a list' }),
  tries: z.int().openapi({ description: 'The same failure repeated in a row is one run' }),
  last_tried_at: Time.optional(),
  uploaded_by: z.string().optional().openapi({ description: 'Who uploaded it; absent for a fetched list' }),
  decided_by: z.string().optional(),
  decision_reason: z.string().optional(),
  created_at: Time,
  published_at: Time.optional(),
}

export const SyncRun = z.object(syncRun).openapi('SyncRun')

export const SyncRunDetail = z
  .object({
    ...syncRun,
    diff: z
      .object({
        added: z.int(),
        moved: z.int(),
        suspected: z.int(),
        overridden: z.int(),
        too_late: z.int(),
        blocked: z.int(),
        unchanged: z.int(),
        live: z.int().openapi({ description: 'Live listings in the scope of the list' }),
      })
      .openapi({ description: 'What publishing would change now; once it has begun, what it changed' }),
    rejects_by_reason: z
      .array(z.object({ reason: z.string(), count: z.int() }))
      .openapi({ description: 'Reasons for all rejected rows, most frequent first' }),
  })
  .openapi('SyncRunDetail')

export const Upload = z
  .object({
    settlement: z
      .enum(['published', 'quarantined', 'unchanged', 'outdated', 'publishing', 'compared', 'observed'])
      .openapi({
        description:
          '`unchanged`: this list is already in force; nothing was done. `outdated`: a list that was read later says otherwise; nothing was done. `publishing`: the publication goes on; the state of the run shows its result. `compared`: it was a dry run. `observed`: its names have been deleted; they are recorded and not listed',
      }),
    sync_run: SyncRunDetail,
  })
  .openapi('Upload')

/** What a run does to one name. */
export const SyncRunChange = z
  .object({
    name: DomainName,
    kind: z.enum(changeKinds),
    zone: z.string(),
    listing_id: Id.optional(),
    from: Schedule.optional().openapi({
      description:
        'The schedule of the listing, or the one before the publication; absent for a name that was not listed',
    }),
    to: Schedule.optional().openapi({
      description: 'The schedule in the list; absent for a name that is no longer in it',
    }),
  })
  .openapi('SyncRunChange')

export const SyncRunReject = z
  .object({
    line: z.int().openapi({ description: 'Line number in the decoded text, from 1' }),
    raw: z.string().openapi({ description: 'Cut to 200 characters' }),
    reason: z.string(),
  })
  .openapi('SyncRunReject')

export const SyncRunList = listOf(SyncRun, 'SyncRunList')
export const SyncRunChangeList = listOf(SyncRunChange, 'SyncRunChangeList')
export const SyncRunRejectList = listOf(SyncRunReject, 'SyncRunRejectList')
const RunDecision = z.strictObject({ reason: Reason }).openapi('RunDecision')

const tags = ['Syncs']
const params = z.strictObject({ id: Id })

export const listSyncRuns = createRoute({
  operationId: 'listSyncRuns',
  method: 'get',
  path: '/api/sync-runs',
  tags,
  summary: 'List sync runs',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at', 'published_at', 'rows_read', 'source', 'state'], {
        field: 'created_at',
        order: 'desc',
      }),
      state: z.enum(syncRunStates).optional(),
      registry_id: text(100).optional(),
      source_id: Id.optional(),
      dry_run: Flag,
      from: TimeInput.optional().openapi({ description: 'Read at or after this' }),
      to: TimeInput.optional().openapi({ description: 'Read before this' }),
      q: Search.openapi({ description: 'A part of the file name or address' }),
    }),
  },
  responses: { 200: json(SyncRunList, 'A page of sync runs'), ...readProblems('invalid_request') },
})

export const getSyncRun = createRoute({
  operationId: 'getSyncRun',
  method: 'get',
  path: '/api/sync-runs/{id}',
  tags,
  summary: 'Read a sync run with its counts',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(SyncRunDetail, 'The run'),
    ...readProblems('invalid_request', 'sync_run_not_found'),
  },
})

export const listSyncRunChanges = createRoute({
  operationId: 'listSyncRunChanges',
  method: 'get',
  path: '/api/sync-runs/{id}/changes',
  tags,
  summary: 'List the changes of a run, by name',
  security: reads('console:read'),
  request: { params, query: z.strictObject({ ...paging, kind: z.enum(changeKinds).optional(), q: Search }) },
  responses: {
    200: json(SyncRunChangeList, 'A page of changes'),
    ...readProblems('invalid_request', 'sync_run_not_found'),
  },
})

export const listSyncRunRejects = createRoute({
  operationId: 'listSyncRunRejects',
  method: 'get',
  path: '/api/sync-runs/{id}/rejects',
  tags,
  summary: 'List rejected rows in file order; the first thousand of each reason are kept',
  security: reads('console:read'),
  request: { params, query: z.strictObject({ ...paging, reason: text(50).optional() }) },
  responses: {
    200: json(SyncRunRejectList, 'A page of rejects'),
    ...readProblems('invalid_request'),
  },
})

export const uploadSyncRun = createRoute({
  operationId: 'uploadSyncRun',
  method: 'post',
  path: '/api/sync-runs',
  tags,
  summary: 'Upload a drop list',
  description:
    'The body is the file itself, plain or gzip. It is compared with the current listings and then published, or held back when it would change unusually much.',
  security: changes('syncs:upload'),
  request: {
    query: z.strictObject({
      registry_id: text(100).min(1),
      file_name: text(255).min(1).openapi({ example: '2026-02-15.txt' }),
      format: z.enum(listFormats).optional().openapi({ description: 'Detected from the file if left out' }),
      time_zone: text(100).refine(isTimeZone, 'Not an IANA time zone').optional().openapi({
        description: 'IANA time zone of times without one; the zone of the service if left out',
        example: 'Europe/Warsaw',
      }),
      dry_run: Flag.openapi({
        description: 'Read and compare the list, and change nothing: the run ends as `ready`',
      }),
      drop_date: DateInput.optional().openapi({
        description: 'For lists without dates in their rows; taken from the file name if left out',
      }),
    }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: {
    201: json(Upload, 'The run and its result'),
    202: json(Upload, 'The run; its publication goes on'),
    ...changeProblems('registry_not_found', 'list_format_unknown'),
  },
})

export const publishSyncRun = createRoute({
  operationId: 'publishSyncRun',
  method: 'post',
  path: '/api/sync-runs/{id}/publish',
  tags,
  summary: 'Publish a run that is held back',
  security: changes('syncs:resolve'),
  request: { params, body: body(RunDecision) },
  responses: {
    200: json(SyncRunDetail, 'The run, published'),
    202: json(SyncRunDetail, 'The run, still being published'),
    ...changeProblems(
      'reason_required',
      'sync_run_not_found',
      'sync_run_not_publishable',
      'sync_run_outdated',
      'list_already_published',
    ),
  },
})

export const discardSyncRun = createRoute({
  operationId: 'discardSyncRun',
  method: 'post',
  path: '/api/sync-runs/{id}/discard',
  tags,
  summary: 'Discard a run that is held back',
  security: changes('syncs:resolve'),
  request: { params, body: body(RunDecision) },
  responses: {
    200: json(SyncRunDetail, 'The run, discarded'),
    ...changeProblems('reason_required', 'sync_run_not_found', 'sync_run_not_discardable'),
  },
})
