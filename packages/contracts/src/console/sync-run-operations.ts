import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, Id, text } from '../common/primitives.ts'
import { syncRunStates } from '../common/words.ts'
import { json } from '../gateway/operation.ts'
import { body, changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search, sorting } from './paging.ts'
import {
  changeKinds,
  listFormats,
  SyncRun,
  SyncRunChange,
  SyncRunDetail,
  SyncRunReject,
  Upload,
} from './sync-run.ts'

export const SyncRunList = listOf(SyncRun, 'SyncRunList')
export const SyncRunChangeList = listOf(SyncRunChange, 'SyncRunChangeList')
export const SyncRunRejectList = listOf(SyncRunReject, 'SyncRunRejectList')
export const RunDecision = z.strictObject({ reason: Reason }).openapi('RunDecision')

const tags = ['Syncs']
const params = z.strictObject({ id: Id })

export const listSyncRuns = createRoute({
  operationId: 'listSyncRuns',
  method: 'get',
  path: '/api/sync-runs',
  tags,
  summary: 'Sync runs',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at', 'published_at', 'rows_read', 'source', 'state'], {
        field: 'created_at',
        order: 'desc',
      }),
      state: z.enum(syncRunStates).optional(),
      registry_id: text(100).optional(),
      q: Search,
    }),
  },
  responses: { 200: json(SyncRunList, 'A page of sync runs'), ...readProblems('invalid_request') },
})

export const getSyncRun = createRoute({
  operationId: 'getSyncRun',
  method: 'get',
  path: '/api/sync-runs/{id}',
  tags,
  summary: 'A sync run with its counts',
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
  summary: 'What a run does to each name, in name order',
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
  summary: 'Rows that were rejected, in file order; of each reason the first thousand are kept',
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
    'The body is the file as it is, plain or gzip. It is staged and compared with what is listed, then published, or held back when it would change too much.',
  security: changes('syncs:upload'),
  request: {
    query: z.strictObject({
      registry_id: text(100).min(1),
      file_name: text(255).min(1).openapi({ example: '2026-02-15.txt' }),
      format: z.enum(listFormats).optional().openapi({ description: 'Told by the file unless given' }),
      drop_date: DateInput.optional().openapi({
        description: 'For lists whose rows carry no date; taken from the file name unless given',
      }),
    }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: {
    201: json(Upload, 'The run, and what became of it'),
    ...changeProblems('registry_not_found', 'list_format_unknown'),
  },
})

export const publishSyncRun = createRoute({
  operationId: 'publishSyncRun',
  method: 'post',
  path: '/api/sync-runs/{id}/publish',
  tags,
  summary: 'Publish a run that was held back',
  security: changes('syncs:resolve'),
  request: { params, body: body(RunDecision) },
  responses: {
    200: json(SyncRunDetail, 'The run, published'),
    ...changeProblems(
      'reason_required',
      'sync_run_not_found',
      'sync_run_not_publishable',
      'list_already_published',
    ),
  },
})

export const discardSyncRun = createRoute({
  operationId: 'discardSyncRun',
  method: 'post',
  path: '/api/sync-runs/{id}/discard',
  tags,
  summary: 'Discard a run that was held back',
  security: changes('syncs:resolve'),
  request: { params, body: body(RunDecision) },
  responses: {
    200: json(SyncRunDetail, 'The run, discarded'),
    ...changeProblems('reason_required', 'sync_run_not_found', 'sync_run_not_discardable'),
  },
})
