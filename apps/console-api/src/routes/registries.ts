import { AuditFacts } from '@droplock/contracts/console/audit'
import {
  cancelMaintenance,
  listMaintenances,
  listRegistryMessages,
  listRegistryStops,
  MaintenanceList,
  noteMaintenance,
  RegistryMessageList,
  RegistryStop,
  RegistryStopList,
  restartRegistry,
  stopRegistry,
} from '@droplock/contracts/console/registries'
import { listAccountStatuses, RegistryAccountStatusList } from '@droplock/contracts/console/registry-status'
import type { OperatorContext } from '@droplock/core/context'
import {
  cancelMaintenance as cancel,
  noteMaintenance as note,
  listMaintenances as readMaintenances,
} from '@droplock/core/maintenances'
import {
  type RegistryMessage,
  listRegistryMessages as readMessages,
} from '@droplock/core/registry-messages/read'
import { listAccountStatuses as readStatuses } from '@droplock/core/registry-status/read'
import { getLatestStop, listStops } from '@droplock/core/registry-stops/read'
import { restartRegistry as restart } from '@droplock/core/registry-stops/restart'
import { stopRegistry as stop } from '@droplock/core/registry-stops/stop'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeRegistries(app: ConsoleApi): void {
  app.openapi(listAccountStatuses, async (c) => {
    const items = await readStatuses(c.var.ctx)
    return reply(c, 200, RegistryAccountStatusList, { items: wire(items), total: items.length })
  })

  app.openapi(listRegistryStops, async (c) =>
    reply(c, 200, RegistryStopList, wire(await listStops(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(stopRegistry, async (c) => {
    const registryId = c.req.valid('param').id
    c.var.event.add({ registry_id: registryId })
    await stop(c.var.ctx, { registryId, ...c.req.valid('json') })
    return reply(c, 200, RegistryStop, await latestStop(c.var.ctx, registryId))
  })

  app.openapi(restartRegistry, async (c) => {
    const registryId = c.req.valid('param').id
    c.var.event.add({ registry_id: registryId })
    await restart(c.var.ctx, { registryId, ...c.req.valid('json') })
    return reply(c, 200, RegistryStop, await latestStop(c.var.ctx, registryId))
  })

  app.openapi(listRegistryMessages, async (c) => {
    const { items, ...counts } = await readMessages(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, RegistryMessageList, { items: items.map(presentMessage), ...wire(counts) })
  })

  app.openapi(listMaintenances, async (c) =>
    reply(c, 200, MaintenanceList, wire(await readMaintenances(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(noteMaintenance, async (c) => {
    const id = await note(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, noteMaintenance.responses[201].content['application/json'].schema, { id })
  })

  app.openapi(cancelMaintenance, async (c) => {
    const { id } = c.req.valid('param')
    await cancel(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, cancelMaintenance.responses[200].content['application/json'].schema, { id })
  })
}

async function latestStop(ctx: OperatorContext, registryId: string) {
  return wire(await getLatestStop(ctx, registryId))
}

/** What was read of a message keeps the names under which it was recorded. */
function presentMessage({ notice, ...message }: RegistryMessage) {
  return { ...wire(message), ...(notice !== null && { notice: AuditFacts.parse(notice) }) }
}
