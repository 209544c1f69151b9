import { followChanges } from '@droplock/contracts/console/changes'
import { streamBody } from '@droplock/http/stream-body'
import { Refusal } from '@droplock/rules/refusals'
import { changeTexts } from '../changes/change-hub.ts'
import type { ConsoleApi, Dependencies } from '../console-api.ts'

export function routeChanges(app: ConsoleApi, { changes }: Dependencies): void {
  app.openapi(followChanges, async (c) => {
    if (changes === undefined) throw new Refusal('unavailable', 'This server has no streams.')
    const stream = await changes.admit(c.var.ctx.actor)
    c.header('Content-Type', 'text/event-stream')
    // A proxy would gather what is to be seen at once.
    c.header('X-Accel-Buffering', 'no')
    // Ends with the stream, so that a process that is about to end waits for no further request.
    c.header('Connection', 'close')
    if (c.req.method !== 'HEAD') return c.body(streamBody(stream, changeTexts(stream)))
    stream.leave()
    return c.body(null)
  })
}
