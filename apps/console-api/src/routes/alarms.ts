import { Alarm, AlarmList, closeAlarm, listAlarms } from '@droplock/contracts/console/alarm'
import { AuditFacts } from '@droplock/contracts/console/audit'
import { closeAlarm as close } from '@droplock/core/alarms/close'
import { type Alarm as AlarmView, getAlarm, listAlarms as readAlarms } from '@droplock/core/alarms/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeAlarms(app: ConsoleApi): void {
  app.openapi(listAlarms, async (c) => {
    const { items, ...counts } = await readAlarms(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, AlarmList, { items: items.map(presentAlarm), ...wire(counts) })
  })

  app.openapi(closeAlarm, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ alarm_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, Alarm, presentAlarm(await getAlarm(c.var.ctx, id)))
  })
}

/** The facts keep the names under which they were recorded. */
export function presentAlarm({ facts, ...alarm }: AlarmView) {
  return { ...wire(alarm), facts: AuditFacts.parse(facts) }
}
