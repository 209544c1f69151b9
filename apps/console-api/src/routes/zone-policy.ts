import {
  changeZonePolicy,
  getZonePolicy,
  listZonePolicies,
  Policy,
  PolicyPreview,
  previewZonePolicy,
  ZonePolicyList,
} from '@droplock/contracts/console/zone-policy'
import {
  changeZonePolicy as change,
  getZonePolicy as get,
  listZonePolicies as list,
  previewZonePolicy as preview,
} from '@droplock/core/zone-policy'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeZonePolicy(app: ConsoleApi): void {
  app.openapi(listZonePolicies, async (c) =>
    reply(c, 200, ZonePolicyList, wire(await list(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(getZonePolicy, async (c) =>
    reply(c, 200, Policy, wire(await get(c.var.ctx, c.req.valid('param').zone))),
  )

  app.openapi(previewZonePolicy, async (c) => {
    const command = { zone: c.req.valid('param').zone, policy: fromWire(c.req.valid('json')) }
    return reply(c, 200, PolicyPreview, wire(await preview(c.var.ctx, command)))
  })

  app.openapi(changeZonePolicy, async (c) => {
    const { reason, version, ...policy } = c.req.valid('json')
    const { zone } = c.req.valid('param')
    c.var.event.add({ zone })
    await change(c.var.ctx, { zone, version, policy: fromWire(policy), reason })
    return reply(c, 200, Policy, wire(await get(c.var.ctx, zone)))
  })
}
