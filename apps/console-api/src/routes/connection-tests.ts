import {
  ConnectionTestList,
  listConnectionTests,
  testConnection,
} from '@droplock/contracts/console/connection-test'
import { listConnectionTests as list } from '@droplock/core/connection-tests/read'
import { requestConnectionTest } from '@droplock/core/connection-tests/request'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeConnectionTests(app: ConsoleApi): void {
  app.openapi(listConnectionTests, async (c) =>
    reply(c, 200, ConnectionTestList, wire(await list(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(testConnection, async (c) => {
    const registryAccountId = c.req.valid('json').registry_account_id
    c.var.event.add({ registry_account_id: registryAccountId })
    const id = await requestConnectionTest(c.var.ctx, registryAccountId)
    return reply(c, 201, testConnection.responses[201].content['application/json'].schema, { id })
  })
}
