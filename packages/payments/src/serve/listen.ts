import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

/** The connection of a request, which a fault can break. */
type Bindings = {
  readonly incoming: { readonly socket: { destroy(): void } }
  readonly outgoing: { once(event: 'close', then: () => void): void }
}

export type Env = { Bindings: Bindings }

type Listening = {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Closes open connections too. */
  close(): Promise<void>
}

/** Serves the app on the address. Port 0 chooses a free one. Throws when the port is in use. */
export async function listen(app: Hono<Env>, host: string, port: number): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch))
  server.listen(port, host)
  await once(server, 'listening')
  const bound = portOf(server)
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    host,
    port: bound,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return address.port
}
