import { once } from 'node:events'
import { createServer, IncomingMessage, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { boundConnections, type ConnectionBounds, oneAtATime, usualBounds } from './bound-connections.ts'
import { type Asker, sourceOf, trustProxies } from './source.ts'

/** Slow senders are cut off: headers within this. Milliseconds. */
const headersMsMax = 10_000

/** And the whole request within this, unless the app takes larger ones. Milliseconds. */
const requestMsMaxDefault = 20_000

/** How often those two are looked after; node:http's own 30 s would make 40 s of the 10. Milliseconds. */
const lookEveryMs = 2_000

/** A connection without a request is kept for the next one this long. Milliseconds. */
const idleMsMax = 5_000

export type Address = {
  readonly host: string
  readonly port: number
  readonly requestMsMax?: number
  readonly bounds?: ConnectionBounds
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[]
}

export type Fetch = (request: Request, asker: Asker) => Response | Promise<Response>

export type Listening = {
  readonly url: string
  /** Takes no new connections, lets running requests end within `drainMsMax`, then cuts what is left. */
  close(drainMsMax: number): Promise<void>
}

/** Serves `fetch` on the address; port 0 takes a free one. Throws when the port is taken. */
export async function listen(
  fetch: Fetch,
  { host, port, requestMsMax = requestMsMaxDefault, bounds = usualBounds, trustedProxies = [] }: Address,
): Promise<Listening> {
  const proxies = trustProxies(trustedProxies)
  const listener = getRequestListener((request, { incoming }) =>
    fetch(request, {
      source: sourceOf(
        incoming.socket?.remoteAddress,
        request.headers.get('X-Forwarded-For') ?? undefined,
        proxies,
      ),
      ...(incoming instanceof IncomingMessage && { incoming }),
    }),
  )
  const server = createServer(
    {
      headersTimeout: headersMsMax,
      requestTimeout: requestMsMax,
      connectionsCheckingInterval: lookEveryMs,
      keepAliveTimeout: idleMsMax,
    },
    oneAtATime(listener),
  )
  boundConnections(server, bounds, proxies)
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
