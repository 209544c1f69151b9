import {
  closeFinanceTask,
  FinanceTask,
  FinanceTaskList,
  getFinanceTask,
  listFinanceTasks,
} from '@droplock/contracts/console/finance-task'
import {
  closeFinanceTask as close,
  getFinanceTask as readTask,
  listFinanceTasks as readTasks,
} from '@droplock/core/finance-tasks'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentFinanceTask } from '../present/finance-task.ts'
import { given } from './given.ts'
import { pagingOf } from './paging.ts'

export function routeFinanceTasks(app: ConsoleApi): void {
  app.openapi(listFinanceTasks, async (c) => {
    const query = c.req.valid('query')
    const { state, kind, account_id: accountId, payment_id: paymentId } = query
    const { items, total } = await readTasks(c.var.ctx, {
      ...pagingOf(query),
      ...given({ state, kind, accountId, paymentId }),
    })
    return reply(c, 200, FinanceTaskList, { items: items.map((item) => presentFinanceTask(item)), total })
  })

  app.openapi(getFinanceTask, async (c) => {
    const task = await readTask(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, FinanceTask, presentFinanceTask(task))
  })

  app.openapi(closeFinanceTask, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ finance_task_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, FinanceTask, presentFinanceTask(await readTask(c.var.ctx, id)))
  })
}
