import { DropRoom, getDropRoom } from '@droplock/contracts/console/drop-room'
import { getDropRoom as readDropRoom } from '@droplock/core/drop-room'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'

export function routeDropRoom(app: ConsoleApi): void {
  app.openapi(getDropRoom, async (c) => reply(c, 200, DropRoom, wire(await readDropRoom(c.var.ctx))))
}
