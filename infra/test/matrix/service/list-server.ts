import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listHeader, listLine } from '../../../src/environment/lists.ts'

/** Where a registry publishes its drop list. */
export type ListServer = {
  readonly port: number
  /** Publishes another list. */
  readonly put: (rows: readonly { readonly name: string; readonly purgeAt: Date }[]) => void
  readonly close: () => Promise<void>
}

/** A list of a few names would pass in one packet. */
const FILLERS = 300
const FILLER_PURGE_AT = new Date(Date.now() + 30 * 86_400_000)
const fillers = Array.from({ length: FILLERS }, (_, n) => listLine(`filler-${n}.com`, FILLER_PURGE_AT)).join(
  '',
)

/** Serves the list by HTTP, with an entity tag. */
export async function startListServer(): Promise<ListServer> {
  let text = listHeader + fillers
  const server = createServer((request, response) => {
    const tag = `"${createHash('sha256').update(text).digest('hex')}"`
    if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end()
    response
      .writeHead(200, { 'content-type': 'text/csv', 'content-length': text.length, etag: tag })
      .end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    put: (rows) => {
      text = listHeader + rows.map(({ name, purgeAt }) => listLine(name, purgeAt)).join('') + fillers
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
