import { Watch, watchName } from '@droplock/contracts/gateway/watches'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { readName } from '../http/read-name.ts'
import { presentWatch } from '../present/watch.ts'

export function routeWatchName(app: Gateway): void {
  app.openapi(watchName, async (c) => {
    const name = readName(c.req.valid('param').name)
    return reply(c, 200, Watch, presentWatch(await c.var.services.watchName(c.var.actor, name)))
  })
}
