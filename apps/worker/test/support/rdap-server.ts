import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (request: IncomingMessage, response: ServerResponse, name: string) => void

export type RdapServer = {
  /** The base address, below which domains are. */
  readonly url: string
  /** The names that were asked for, and when each request came and was answered. */
  readonly requests: { readonly name: string; readonly atMs: number; endMs?: number }[]
  /** What it answers from now on. */
  answer: Answer
  readonly close: () => Promise<void>
}

/** An RDAP server on loopback. */
export async function startRdapServer(answer: Answer): Promise<RdapServer> {
  const requests: RdapServer['requests'] = []
  const state = { answer }
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
    const entry: RdapServer['requests'][number] = { name, atMs: performance.now() }
    requests.push(entry)
    response.once('close', () => {
      entry.endMs = performance.now()
    })
    state.answer(request, response, name)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rdap`,
    requests,
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

type Domain = { readonly status: readonly string[]; readonly registered?: string; readonly updated?: Date }

/** Answers as a registry does, by a table of its domains; 404 for others. RFC 9083 §5.3. */
export function serveDomains(domains: Readonly<Record<string, Domain>>): Answer {
  return (_, response, name) => {
    const domain = domains[name]
    if (domain === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/rdap+json' }).end(domainText(name, domain))
  }
}

export function domainText(ldhName: string, { status, registered, updated }: Domain): string {
  const events = [
    { eventAction: 'registration', eventDate: registered ?? '2019-01-01T00:00:00Z' },
    { eventAction: 'last update of RDAP database', eventDate: (updated ?? new Date()).toISOString() },
  ]
  return JSON.stringify({ objectClassName: 'domain', ldhName, status, events, entities: [] })
}
