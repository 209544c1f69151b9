import {
  getToday,
  Invariants,
  listRegistries,
  proveInvariants,
  RegistryList,
  Today,
} from '@droplock/contracts/console/overview'
import { proveInvariants as prove } from '@droplock/core/invariants'
import { listRegistries as readRegistries } from '@droplock/core/registries/read'
import { getToday as readToday } from '@droplock/core/today'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentAlarm } from '../present/alarm.ts'
import { presentInvariants } from '../present/invariants.ts'
import { wire } from '../present/wire.ts'

export function routeOverview(app: ConsoleApi): void {
  app.openapi(getToday, async (c) => {
    const { alarms, ...today } = await readToday(c.var.ctx)
    return reply(c, 200, Today, { ...wire(today), alarms: alarms.map((alarm) => presentAlarm(alarm)) })
  })

  app.openapi(listRegistries, async (c) => {
    const registries = await readRegistries(c.var.ctx)
    return reply(c, 200, RegistryList, { items: wire(registries), total: registries.length })
  })

  app.openapi(proveInvariants, async (c) =>
    reply(c, 200, Invariants, presentInvariants(await prove(c.var.ctx))),
  )
}
