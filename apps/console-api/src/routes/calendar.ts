import { getScheduleCalendar, ScheduleCalendar } from '@droplock/contracts/console/calendar'
import { readCalendar } from '@droplock/core/calendar'
import { limitsIn } from '@droplock/epp/profiles/registrar-config'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'

export function routeCalendar(app: ConsoleApi): void {
  app.openapi(getScheduleCalendar, async (c) => {
    const period = fromWire(c.req.valid('query'))
    const calendar = await readCalendar(c.var.ctx, period, (...of) => limitsIn('drop', ...of))
    return reply(c, 200, ScheduleCalendar, wire(calendar))
  })
}
