import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly at: number }

export type HookServer = {
  readonly url: string
  readonly received: readonly Received[]
  /** How it answers from now on; 204 at first. */
  answer: (response: ServerResponse) => void
  readonly close: () => Promise<void>
}

/** A server that receives webhooks, on loopback. */
export async function startHookServer(): Promise<HookServer> {
  const received: Received[] = []
  const state: { answer: HookServer['answer'] } = { answer: (response) => response.writeHead(204).end() }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body, at: Date.now() })
      state.answer(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    get answer() {
      return state.answer
    },
    set answer(next) {
      state.answer = next
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** As Standard Webhooks says it, by hand: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return headers['webhook-signature'] === expected
}
