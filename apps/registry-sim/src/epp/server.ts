import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Log } from '../clock.ts'
import type { Registry } from '../registry/registry.ts'
import type { Certificates } from '../tls.ts'
import { closeGently, LINGER_MS_MAX, refuseAddress, serveConnection } from './connection.ts'
import type { HostRole } from './session.ts'

/** Connections in all, logged in or not: many more than the sessions of any account. */
const CONNECTIONS_MAX = 2000
export type EppServer = { readonly port: number; close(): Promise<void> }

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address() as AddressInfo
      resolve(address.port)
    })
  })
}

function keep<Kept extends Socket>(kept: Set<Kept>, socket: Kept): void {
  kept.add(socket)
  socket.on('close', () => kept.delete(socket))
}

function destroyAll(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

/** TLS has no reset: the TCP connection below it is found by its remote port and reset. */
function resetBeneath(sockets: Iterable<Socket>, client: TLSSocket): void {
  for (const socket of sockets) {
    if (socket.remotePort === client.remotePort && socket !== client) socket.resetAndDestroy()
  }
  client.destroy()
}

/** Clients without a certificate of this authority get no TLS connection. */
function mutual(ca: string | undefined) {
  return ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }
}

function isUnknown(addresses: readonly string[] | undefined, { remoteAddress }: Socket): boolean {
  return addresses !== undefined && !addresses.includes(remoteAddress ?? '')
}

/** Serves one of a registry's hosts: EPP over TLS on 127.0.0.1. Rejects when the port is taken. */
export async function startEppServer(
  registry: Registry,
  certificates: Certificates,
  log: Log,
  hostRole: HostRole,
): Promise<EppServer> {
  const { settings } = registry
  const sockets = new Set<Socket>()
  const clients = new Set<TLSSocket>()
  let opened = 0
  const prefix = hostRole === 'any' ? settings.id : `${settings.id}-${hostRole}`
  const server = createServer({
    cert: certificates.certPem,
    key: certificates.keyPem,
    minVersion: 'TLSv1.2',
    ...mutual(settings.clientCertificateCa),
  })
  server.maxConnections = CONNECTIONS_MAX
  server.on('tlsClientError', () => undefined)
  // Recorded from the TCP connection on, so that closing also ends connections in the handshake.
  server.on('connection', (socket: Socket) => keep(sockets, socket))
  server.on('secureConnection', (socket) => {
    opened += 1
    keep(clients, socket)
    if (isUnknown(settings.clientAddresses, socket)) return refuseAddress(socket)
    const reset = () => resetBeneath(sockets, socket)
    serveConnection(registry, socket, `${prefix}-${opened}`, log, reset, hostRole)
  })
  const port = await listen(server, (hostRole === 'drop' ? settings.dropPort : settings.port) ?? 0)
  const close = () =>
    new Promise<void>((resolve) => {
      const forceClose = setTimeout(() => destroyAll(sockets), LINGER_MS_MAX)
      server.close(() => {
        clearTimeout(forceClose)
        resolve()
      })
      for (const client of clients) closeGently(client)
    })
  return { port, close }
}
