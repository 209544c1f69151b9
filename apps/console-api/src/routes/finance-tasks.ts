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
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeFinanceTasks(app: ConsoleApi): void {
  app.openapi(listFinanceTasks, async (c) => {
    return reply(c, 200, FinanceTaskList, wire(await readTasks(c.var.ctx, pageOf(c.req.valid('query')))))
  })

  app.openapi(getFinanceTask, async (c) => {
    const task = await readTask(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, FinanceTask, wire(task))
  })

  app.openapi(closeFinanceTask, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ finance_task_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, FinanceTask, wire(await readTask(c.var.ctx, id)))
  })
}
