import { once } from 'node:events'
import { createServer, IncomingMessage, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import {
  boundConnections,
  type ConnectionBounds,
  type Listener,
  oneAtATime,
  usualBounds,
} from './bound-connections.ts'
import { safeHeaders } from './safe-headers.ts'
import { type Asker, sourceOf, type TrustedProxies, trustProxies } from './source.ts'

/** Headers must arrive within this. Milliseconds. */
const HEADERS_MS_MAX = 10_000

/** The whole request must arrive within this, unless the app accepts larger ones. Milliseconds. */
const REQUEST_MS_MAX_DEFAULT = 20_000

/** How often these two are checked; with the 30 s of node:http, 10 s could become 40 s. Milliseconds. */
const LOOK_EVERY_MS = 2_000

/** A connection without a request is kept for the next one this long. Milliseconds. */
const IDLE_MS_MAX = 5_000

export type Address = {
  readonly host: string
  readonly port: number
  readonly requestMsMax?: number
  readonly bounds?: ConnectionBounds
  /** Answers a request before the app sees it; undefined: the app does. */
  readonly answerEarly?: AnswerEarly
  /** Addresses and networks whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies?: readonly string[]
  /** The public URL, if there is one: with https browsers learn never to come without it. */
  readonly origin?: string | undefined
}

export type EarlyAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type AnswerEarly = (
  head: { readonly url?: string | undefined; readonly authorization?: string | undefined },
  /** Worked out when it is asked for: most requests are let in without. */
  source: () => string,
) => EarlyAnswer | undefined

export type Fetch = (request: Request, asker: Asker) => Response | Promise<Response>

export type Listening = {
  readonly url: string
  /** From now on each answer is the last on its connection, so that clients that keep theirs open come back elsewhere. */
  endKeepAlive(): void
  /** Accepts no new connections, lets running requests end within `drainMsMax`, then closes the rest. */
  close(drainMsMax: number): Promise<void>
}

/** Serves `fetch` on the address; port 0 picks a free one. Throws when the port is in use. */
export async function listen(
  fetch: Fetch,
  {
    host,
    port,
    requestMsMax = REQUEST_MS_MAX_DEFAULT,
    bounds = usualBounds,
    answerEarly,
    trustedProxies = [],
    origin,
  }: Address,
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
  const headers = new Map(safeHeaders(origin))
  const first = answerEarly === undefined ? listener : answeringEarly(listener, answerEarly, proxies)
  const server = createServer(
    {
      headersTimeout: HEADERS_MS_MAX,
      requestTimeout: requestMsMax,
      connectionsCheckingInterval: LOOK_EVERY_MS,
      keepAliveTimeout: IDLE_MS_MAX,
    },
    oneAtATime(sayingFirst(headers, first)),
  )
  boundConnections(server, bounds, proxies)
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: addressOf(server),
    endKeepAlive: () => void headers.set('Connection', 'close'),
    close: (drainMsMax) => drain(server, drainMsMax),
  }
}

/** Has every answer begin with these headers; what is answered may replace them. */
function sayingFirst(headers: ReadonlyMap<string, string>, listener: Listener): Listener {
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    return listener(request, response)
  }
}

function answeringEarly(listener: Listener, answerEarly: AnswerEarly, proxies: TrustedProxies): Listener {
  return (request, response) => {
    const { authorization, 'x-forwarded-for': forwarded } = request.headers
    const source = () => sourceOf(request.socket.remoteAddress, forwarded?.toString(), proxies)
    const early = answerEarly({ url: request.url, authorization }, source)
    if (early === undefined) return listener(request, response)
    response.writeHead(early.status, { ...early.headers, 'Content-Length': Buffer.byteLength(early.body) })
    return response.end(early.body)
  }
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
