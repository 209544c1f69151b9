import { financeTaskKinds } from '@droplock/rules/finance-tasks'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { refundDestinations } from '../common/words.ts'
import { changeProblems, changes, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'
import { Person } from './refund.ts'

export const FinanceTask = z
  .object({
    id: Id,
    kind: z.enum(financeTaskKinds),
    subject_id: Id.openapi({ description: 'The refund or payment that the task is about' }),
    detail: z.string(),
    opened_at: Time,
    closed_at: Time.optional(),
    closed_by: Person.optional().openapi({ description: 'Absent if it closed automatically' }),
    note: z.string().optional(),
    refund_id: Id.optional(),
    payment_id: Id.optional(),
    account_id: Id.optional(),
    account_name: z.string().optional(),
    backorder_id: Id.optional(),
    name: DomainName.optional(),
    amount: Money.optional(),
    destination: z.enum(refundDestinations).optional(),
    is_retry_proposed: z.boolean().openapi({ description: 'A retry of the failed refund awaits approval' }),
  })
  .openapi('FinanceTask')

export const FinanceTaskList = listOf(FinanceTask, 'FinanceTaskList')

const tags = ['Finance tasks']
const params = z.strictObject({ id: Id })

export const listFinanceTasks = createRoute({
  operationId: 'listFinanceTasks',
  method: 'get',
  path: '/api/finance-tasks',
  tags,
  summary: 'List finance tasks, oldest first',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...paging,
      state: z.enum(['open', 'closed']).default('open'),
      kind: z.enum(financeTaskKinds).optional(),
      account_id: Id.optional(),
      payment_id: Id.optional(),
    }),
  },
  responses: { 200: json(FinanceTaskList, 'A page of tasks'), ...readProblems('invalid_request') },
})

export const getFinanceTask = createRoute({
  operationId: 'getFinanceTask',
  method: 'get',
  path: '/api/finance-tasks/{id}',
  tags,
  summary: 'Read a finance task',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: json(FinanceTask, 'The task'),
    ...readProblems('invalid_request', 'finance_task_not_found'),
  },
})

export const closeFinanceTask = createRoute({
  operationId: 'closeFinanceTask',
  method: 'post',
  path: '/api/finance-tasks/{id}/close',
  tags,
  summary: 'Close a finance task with a note',
  description: 'The task of a failed refund cannot be closed with a note: retrying the refund closes it.',
  security: changes('tasks:close'),
  request: { params, body: body(z.strictObject({ note: text(500) }).openapi('CloseFinanceTask')) },
  responses: {
    200: json(FinanceTask, 'The task'),
    ...changeProblems(
      'reason_required',
      'finance_task_not_found',
      'finance_task_closed',
      'finance_task_not_closable',
    ),
  },
})
