import { once } from 'node:events'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

type Known = {
  readonly registration?: { readonly clID: string; readonly crDate: string } | null
  readonly winner?: { readonly clID: string; readonly crDate: string } | null
}

export type RdapServer = {
  readonly url: string
  /** Sets the answer to the next request. */
  readonly refuseOnce: (status: number, headers: OutgoingHttpHeaders) => void
  readonly stop: () => Promise<void>
}

const PRIOR_CR_DATE = '2019-01-01T00:00:00Z'

/** An RDAP server for the data of the simulated registry. RFC 9083 §5.3. */
export async function startRdap(truthOf: (name: string) => Known | undefined): Promise<RdapServer> {
  let refusal: readonly [number, OutgoingHttpHeaders] | undefined
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
    if (refusal !== undefined) {
      response.writeHead(...refusal).end()
      refusal = undefined
      return
    }
    const truth = truthOf(name)
    if (truth === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/rdap+json' })
    response.end(JSON.stringify(domainOf(name, truth.winner ?? undefined)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/rdap/`,
    refuseOnce: (status, headers) => {
      refusal = [status, headers]
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function domainOf(ldhName: string, winner: { readonly clID: string; readonly crDate: string } | undefined) {
  const fn = winner?.clID ?? 'registrar-12'
  return {
    objectClassName: 'domain',
    ldhName,
    status: [winner === undefined ? 'pending delete' : 'active'],
    events: [
      { eventAction: 'registration', eventDate: winner?.crDate ?? PRIOR_CR_DATE },
      { eventAction: 'last update of RDAP database', eventDate: new Date().toISOString() },
    ],
    entities: [{ roles: ['registrar'], vcardArray: ['vcard', [['fn', {}, 'text', fn]]] }],
  }
}
