import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export type ControlServer = { readonly url: string; close(): Promise<void> }

/** Serves the control API on 127.0.0.1; port 0 takes any. Rejects when the port is taken. */
export function startControlServer(app: Hono, port: number): Promise<ControlServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address: AddressInfo) => {
      server.off('error', reject)
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => close() })
    })
    const close = () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    server.once('error', reject)
  })
}
