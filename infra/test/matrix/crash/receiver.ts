import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import type { FailPoint } from './fail-points.ts'

/** A webhook as it came: to whom, and of which event. */
export type Received = { readonly accountId: string; readonly eventId: string }

/** Takes webhooks of all customers, each at a path of its own. */
export type Receiver = {
  readonly url: string
  /** In the order in which they came, with repetitions. */
  readonly received: readonly Received[]
  /** The next webhook is received, and not answered until it is removed. */
  readonly stopAtWebhook: () => FailPoint
  readonly stop: () => Promise<void>
}

const REACHED_MS_MAX = 45_000

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const silent = new Set<ServerResponse>()
  let silence = 0
  const server = createServer(async (request, response) => {
    const { id } = JSON.parse(await text(request)) as { readonly id?: string }
    const eventId = id ?? String(request.headers['webhook-id'])
    received.push({ accountId: request.url?.slice(1) ?? '', eventId })
    if (silence > 0 && silent.size < silence) silent.add(response)
    else response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stopAtWebhook: () => {
      silence = 1
      return {
        isReached: () => holdsWithin({ everyMs: 10, msMax: REACHED_MS_MAX }, () => silent.size > 0),
        letEnd: async () => undefined,
        remove: async () => {
          silence = 0
          for (const response of silent) response.destroy()
          silent.clear()
          return []
        },
      }
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
