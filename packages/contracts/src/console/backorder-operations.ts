import { createRoute, z } from '@hono/zod-openapi'
import { Id, text } from '../common/primitives.ts'
import { backorderStates, failureReasons } from '../common/words.ts'
import { json } from '../gateway/operation.ts'
import { Backorder, BackorderDetail } from './backorder.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging, Search, sorting, TimeInput } from './paging.ts'
import { AttemptEntry } from './timeline.ts'

export const BackorderList = listOf(Backorder, 'BackorderList')

export const AttemptList = listOf(AttemptEntry, 'AttemptList')

const tags = ['Backorders']

export const listBackorders = createRoute({
  operationId: 'listBackorders',
  method: 'get',
  path: '/api/backorders',
  tags,
  summary: 'Backorders of all customers',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at', 'name', 'state', 'drop_from', 'price', 'decided_at'], {
        field: 'created_at',
        order: 'desc',
      }),
      q: Search,
      state: z.enum(backorderStates).optional(),
      failure_reason: z.enum(failureReasons).optional(),
      account_id: Id.optional(),
      zone: text(253).optional(),
      window_from: TimeInput.optional().openapi({ description: 'Windows that end at or after this' }),
      window_to: TimeInput.optional().openapi({ description: 'Windows that start at or before this' }),
    }),
  },
  responses: { 200: json(BackorderList, 'A page of backorders'), ...readProblems('invalid_request') },
})

export const getBackorder = createRoute({
  operationId: 'getBackorder',
  method: 'get',
  path: '/api/backorders/{id}',
  tags,
  summary: 'A backorder and all that happened to it',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(BackorderDetail, 'The backorder'),
    ...readProblems('invalid_request', 'backorder_not_found'),
  },
})

export const listBackorderAttempts = createRoute({
  operationId: 'listBackorderAttempts',
  method: 'get',
  path: '/api/backorders/{id}/attempts',
  tags,
  summary: 'Every EPP command sent for a backorder, newest first',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }), query: z.strictObject(paging) },
  responses: {
    200: json(AttemptList, 'A page of attempts'),
    ...readProblems('invalid_request', 'backorder_not_found'),
  },
})
