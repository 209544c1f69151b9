import { listAccountStatuses, RegistryAccountStatusList } from '@droplock/contracts/console/registry-status'
import { listAccountStatuses as readStatuses } from '@droplock/core/registry-status/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'

export function routeRegistryStatus(app: ConsoleApi): void {
  app.openapi(listAccountStatuses, async (c) => {
    const items = await readStatuses(c.var.ctx)
    return reply(c, 200, RegistryAccountStatusList, { items: wire(items), total: items.length })
  })
}
