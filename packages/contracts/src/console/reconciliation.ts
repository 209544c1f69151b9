import { findingKinds, findingSides } from '@droplock/rules/reconciliation/finding'
import { runSteps } from '@droplock/rules/reconciliation/run-steps'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, sorting } from './paging.ts'

export const ReconciliationItem = z
  .object({
    id: Id,
    side: z.enum(findingSides),
    source: z
      .string()
      .openapi({ description: "The provider's name, the registry account, or `ledger`", example: 'stripe' }),
    kind: z.enum(findingKinds),
    subject: z
      .string()
      .openapi({ description: 'Identifies the finding together with side, source and kind' }),
    our_type: z.string().optional().openapi({ description: 'payment, refund, dispute, registration, …' }),
    our_id: z.string().optional(),
    their_ids: z.array(z.string()),
    ours: Money.optional(),
    theirs: Money.optional(),
    detail: z.string(),
    first_seen_at: Time,
    last_seen_at: Time,
    age_seconds: z
      .int()
      .openapi({ description: 'From when it was first seen until it was closed, or until now' }),
    closed_at: Time.optional(),
    closed_by: z
      .object({ id: Id, name: z.string() })
      .optional()
      .openapi({ description: 'Absent on an item that a run closed because the mismatch was gone' }),
    note: z.string().optional(),
  })
  .openapi('ReconciliationItem')

export const ReconciliationItemList = listOf(ReconciliationItem, 'ReconciliationItemList')

export const ReconciliationRun = z
  .object({
    id: Id,
    cause: z.enum(['daily', 'command', 'request']),
    started_at: Time,
    finished_at: Time.optional().openapi({ description: 'Absent while running' }),
    failure: z.string().optional().openapi({ description: 'What could not be read' }),
    provider: z.string().optional(),
    provider_from: Time.optional(),
    provider_to: Time.optional(),
    movements: z.int(),
    entries: z.int(),
    findings: z.int(),
    unmatched: z.int().openapi({ description: 'Open items at the end of the run' }),
    step: z.enum(runSteps).optional().openapi({ description: 'What it does now; its counts grow with it' }),
    balances: z
      .array(
        z.object({
          held: Money.openapi({ description: 'What the provider holds for us, by its movements' }),
          clearing: Money.openapi({ description: 'The same by our ledger' }),
          pending: Money.openapi({ description: 'Of that: not reported by the provider yet' }),
          difference: Money.openapi({ description: 'Clearing, less pending, less held' }),
        }),
      )
      .openapi({ description: 'By currency, at the end of the run' }),
  })
  .openapi('ReconciliationRun')

export const ReconciliationRunList = listOf(ReconciliationRun, 'ReconciliationRunList')

const CloseReconciliationItem = z.strictObject({ note: Reason }).openapi('CloseReconciliationItem')

const ReconciliationRequest = z
  .object({
    id: Id,
    reason: z.string(),
    requested_by: z.object({ id: Id, name: z.string() }),
    requested_at: Time,
    run_id: Id.optional().openapi({ description: 'Absent until the worker has started it' }),
  })
  .openapi('ReconciliationRequest')

export const ReconciliationProgress = z
  .object({ request: ReconciliationRequest.optional().openapi({ description: 'The last one, if any' }) })
  .openapi('ReconciliationProgress')

const tags = ['Reconciliation']
const params = z.strictObject({ id: Id })

export const listReconciliationItems = createRoute({
  operationId: 'listReconciliationItems',
  method: 'get',
  path: '/api/reconciliation/items',
  tags,
  summary: 'List mismatches between our books and those of the payment provider and the registries',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['first_seen_at', 'last_seen_at'], { field: 'first_seen_at', order: 'asc' }),
      side: z.enum(findingSides).optional(),
      kind: z.enum(findingKinds).optional(),
      open: Flag,
    }),
  },
  responses: { 200: json(ReconciliationItemList, 'A page of items'), ...readProblems('invalid_request') },
})

export const getReconciliationItem = createRoute({
  operationId: 'getReconciliationItem',
  method: 'get',
  path: '/api/reconciliation/items/{id}',
  tags,
  summary: 'Read a reconciliation item',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(ReconciliationItem, 'The item'),
    ...readProblems('invalid_request', 'reconciliation_item_not_found'),
  },
})

export const closeReconciliationItem = createRoute({
  operationId: 'closeReconciliationItem',
  method: 'post',
  path: '/api/reconciliation/items/{id}/close',
  tags,
  summary: 'Close a reconciliation item with a note',
  description: 'It stays closed while the same mismatch is found; a different mismatch becomes a new item.',
  security: changes('reconciliation:close'),
  request: { params, body: body(CloseReconciliationItem) },
  responses: {
    200: json(ReconciliationItem, 'The item, closed'),
    ...changeProblems('reconciliation_item_not_found', 'reconciliation_item_closed', 'reason_required'),
  },
})

export const listReconciliationRuns = createRoute({
  operationId: 'listReconciliationRuns',
  method: 'get',
  path: '/api/reconciliation/runs',
  tags,
  summary: 'List reconciliation runs, newest first',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(ReconciliationRunList, 'A page of runs'), ...readProblems('invalid_request') },
})

export const getReconciliationRequest = createRoute({
  operationId: 'getReconciliationRequest',
  method: 'get',
  path: '/api/reconciliation/request',
  tags,
  summary: 'Read the last reconciliation that a person requested',
  security: reads('console:read'),
  responses: { 200: json(ReconciliationProgress, 'The request, if there is any'), ...readProblems() },
})

export const requestReconciliation = createRoute({
  operationId: 'requestReconciliation',
  method: 'post',
  path: '/api/reconciliation/request',
  tags,
  summary: 'Start a reconciliation',
  description: 'The worker runs it within minutes. Its result is a run like that of every day.',
  security: changes('reconciliation:start'),
  request: { body: body(z.strictObject({ reason: Reason }).openapi('RequestReconciliation')) },
  responses: {
    201: json(ReconciliationProgress, 'The request'),
    ...changeProblems('reason_required', 'reconciliation_requested'),
  },
})
