import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Delivery } from '../../src/conformance/world.ts'

export type Receiver = {
  readonly url: string
  readonly deliveries: readonly Delivery[]
  /** Answers the next so many with 500. */
  refuse(times: number): void
  /** Answers nothing until the returned function is called. */
  hold(): () => void
  stop(): Promise<void>
}

/** Receives webhooks, with their bodies octet for octet. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = []
  let refusals = 0
  let held: Promise<void> | undefined
  const server = createServer(async (request, response) => {
    const rawBody = new Uint8Array(await buffer(request))
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
    deliveries.push({ rawBody, headers })
    await held
    response.statusCode = refusals > 0 ? 500 : 200
    refusals = Math.max(0, refusals - 1)
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return {
    url: `http://127.0.0.1:${address.port}/webhooks`,
    deliveries,
    refuse: (times) => {
      refusals = times
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
