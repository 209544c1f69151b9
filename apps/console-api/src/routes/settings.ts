import {
  getServiceSettings,
  listZones,
  ServiceSettings,
  switchZone,
  ZoneList,
} from '@droplock/contracts/console/settings'
import { listZones as readZones, switchZone as switchOrders } from '@droplock/core/zones'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeSettings(app: ConsoleApi, { settings }: Dependencies): void {
  const { mode, publication, timeZone } = settings
  app.openapi(getServiceSettings, async (c) =>
    reply(c, 200, ServiceSettings, {
      mode,
      time_zone: timeZone,
      ...(publication !== 'at_once' && { publication: { from: publication.from, to: publication.to } }),
    }),
  )

  app.openapi(listZones, async (c) =>
    reply(c, 200, ZoneList, wire(await readZones(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(switchZone, async (c) => {
    const { zone } = c.req.valid('param')
    const command = c.req.valid('json')
    c.var.event.add({ zone })
    await switchOrders(c.var.ctx, { zone, ...command })
    const schema = switchZone.responses[200].content['application/json'].schema
    return reply(c, 200, schema, { name: zone, enabled: command.enabled })
  })
}
