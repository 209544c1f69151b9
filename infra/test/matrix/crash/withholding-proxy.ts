import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import type { FailPoint } from './fail-points.ts'

/** Between our apps and the payment provider: it passes everything on, and withholds answers on request. */
export type WithholdingProxy = {
  readonly url: string
  /** Requests go there from now on. */
  readonly passTo: (url: string) => void
  /** The next POST to this path is carried out by the provider, and its answer is withheld. */
  readonly stopAtAnswer: (path: string) => FailPoint
  /** From now on the provider knows no refund again: each request has a key of its own, and nothing is found. */
  readonly forgetKeys: () => void
  readonly stop: () => Promise<void>
}

const REACHED_MS_MAX = 45_000
const LOOK_MS = 10

export async function startWithholdingProxy(): Promise<WithholdingProxy> {
  let target = ''
  let areKeysForgotten = false
  let withheldPath: string | undefined
  const withheld = new Set<ServerResponse>()
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/' } = request
    const body = await buffer(request)
    const headers = new Headers(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' && !ofTheConnection.has(name) ? [[name, value] as const] : [],
      ),
    )
    if (areKeysForgotten && url.startsWith('/v1/refunds')) {
      if (method === 'POST') headers.set('idempotency-key', randomUUID())
      else if (url.includes('?')) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"refunds":[]}')
        return
      }
    }
    const answer = await fetch(`${target}${url}`, { method, headers, ...(method !== 'GET' && { body }) })
    const text = Buffer.from(await answer.arrayBuffer())
    if (method === 'POST' && url === withheldPath) {
      withheldPath = undefined
      withheld.add(response)
      return
    }
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    })
    response.end(text)
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    passTo: (url) => {
      target = url
    },
    forgetKeys: () => {
      areKeysForgotten = true
    },
    stopAtAnswer: (path) => {
      withheldPath = path
      return {
        isReached: () => holdsWithin({ everyMs: LOOK_MS, msMax: REACHED_MS_MAX }, () => withheld.size > 0),
        letEnd: async () => undefined,
        remove: async () => {
          withheldPath = undefined
          for (const response of withheld) response.destroy()
          withheld.clear()
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

/** Those that the proxy's own connection has. */
const ofTheConnection: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'expect',
])
