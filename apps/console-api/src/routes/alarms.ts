import { Alarm, AlarmList, closeAlarm, listAlarms } from '@droplock/contracts/console/alarm'
import { closeAlarm as close } from '@droplock/core/alarms/close'
import { getAlarm, listAlarms as readAlarms } from '@droplock/core/alarms/read'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentAlarm } from '../present/alarm.ts'
import { given } from './given.ts'
import { pagingOf } from './paging.ts'

export function routeAlarms(app: ConsoleApi): void {
  app.openapi(listAlarms, async (c) => {
    const query = c.req.valid('query')
    const { state, kind } = query
    const { items, total } = await readAlarms(c.var.ctx, { ...pagingOf(query), ...given({ state, kind }) })
    return reply(c, 200, AlarmList, { items: items.map((alarm) => presentAlarm(alarm)), total })
  })

  app.openapi(closeAlarm, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ alarm_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, Alarm, presentAlarm(await getAlarm(c.var.ctx, id)))
  })
}
