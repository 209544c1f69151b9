import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'

/** Slow senders are cut off: headers within this. Milliseconds. */
const headersMsMax = 10_000

/** And the whole request within this, unless the app takes larger ones. Milliseconds. */
const requestMsMaxDefault = 20_000

export type Address = { readonly host: string; readonly port: number; readonly requestMsMax?: number }

export type Listening = {
  readonly url: string
  /** Takes no new connections, lets running requests end within `drainMsMax`, then cuts what is left. */
  close(drainMsMax: number): Promise<void>
}

/** Serves `fetch` on the address; port 0 takes a free one. Throws when the port is taken. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port, requestMsMax = requestMsMaxDefault }: Address,
): Promise<Listening> {
  const server = createServer(
    { headersTimeout: headersMsMax, requestTimeout: requestMsMax },
    getRequestListener(fetch),
  )
  server.listen(port, host)
  await once(server, 'listening')
  return { url: addressOf(server), close: (drainMsMax) => drain(server, drainMsMax) }
}

function addressOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}

async function drain(server: Server, drainMsMax: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), drainMsMax)
  await closed
  clearTimeout(timer)
}
