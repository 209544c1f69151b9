import { findingKinds, findingSides } from '@droplock/rules/reconciliation/finding'
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
    subject: z.string().openapi({ description: 'With side, source and kind what the finding is' }),
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
      .openapi({ description: 'From when it was first seen to when it was closed, or to now' }),
    closed_at: Time.optional(),
    closed_by: z
      .object({ id: Id, name: z.string() })
      .optional()
      .openapi({ description: 'Absent on a closed item: a run no longer found it' }),
    note: z.string().optional(),
  })
  .openapi('ReconciliationItem')

export const ReconciliationItemList = listOf(ReconciliationItem, 'ReconciliationItemList')

export const ReconciliationRun = z
  .object({
    id: Id,
    cause: z.enum(['daily', 'command']),
    started_at: Time,
    finished_at: Time.optional().openapi({ description: 'Absent: under way' }),
    failure: z.string().optional().openapi({ description: 'What could not be read' }),
    provider: z.string().optional(),
    provider_from: Time.optional(),
    provider_to: Time.optional(),
    movements: z.int(),
    entries: z.int(),
    findings: z.int(),
    unmatched: z.int().openapi({ description: 'Items that were open when it ended' }),
  })
  .openapi('ReconciliationRun')

export const ReconciliationRunList = listOf(ReconciliationRun, 'ReconciliationRunList')

const CloseReconciliationItem = z.strictObject({ note: Reason }).openapi('CloseReconciliationItem')

const tags = ['Reconciliation']
const params = z.strictObject({ id: Id })

export const listReconciliationItems = createRoute({
  operationId: 'listReconciliationItems',
  method: 'get',
  path: '/api/reconciliation/items',
  tags,
  summary: 'What does not agree between our books and those of the provider and the registries',
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
  summary: 'One item',
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
  summary: 'Close an item that was looked into',
  description: 'It stays closed as long as the same is found; what changes is a new item.',
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
  summary: 'When was reconciled, what was read and what it came to; newest first',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(ReconciliationRunList, 'A page of runs'), ...readProblems('invalid_request') },
})
