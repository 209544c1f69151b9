import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Log } from '../log.ts'
import type { Registry } from '../registry/registry.ts'
import type { Certificates } from '../tls/certificate.ts'
import { answer, greet } from './answer.ts'
import { encodeFrame, makeFrameReader } from './frames.ts'
import { endSession, openSession, type Session } from './session.ts'

/** Connections in all, logged in or not; far above any account's sessions. */
const CONNECTIONS_MAX = 2000
/** A client that sends and never reads is dropped. */
const UNREAD_OCTETS_MAX = 1024 * 1024
/** A client gets this long to read its last answer and close its side. */
const LINGER_MS_MAX = 2000

export type EppServer = { readonly port: number; close(): Promise<void> }

function write(socket: TLSSocket, xml: string): void {
  if (socket.writableLength > UNREAD_OCTETS_MAX) socket.destroy()
  else socket.write(encodeFrame(xml))
}

function closeIdle(session: Session, socket: TLSSocket): void {
  if (session.account) session.account.violations.idle += 1
  endSession(session)
  socket.destroy()
}

/** Says goodbye: what is written still leaves, then the connection ends, soon and in any case. */
function part(socket: TLSSocket): void {
  socket.setTimeout(LINGER_MS_MAX)
  socket.end()
}

/** Answers every whole document of `chunk`, in order (RFC 5734 §3), until one ends the session. */
function receive(session: Session, socket: TLSSocket, documents: readonly Buffer[]): void {
  for (const document of documents) {
    const { xml, after } = answer(session, document)
    if (xml !== undefined) write(socket, xml)
    if (after === 'cut') socket.destroy()
    if (after === 'end') part(socket)
    if (after !== 'stay') return
  }
}

function serve(registry: Registry, socket: TLSSocket, id: string, log: Log): void {
  const session = openSession(id, registry)
  const readFrames = makeFrameReader()
  const { loginMs, idleMs } = registry.settings
  socket.setNoDelay(true)
  socket.setTimeout(loginMs, () => closeIdle(session, socket))
  socket.on('data', (chunk: Buffer) => {
    if (socket.writableEnded || socket.destroyed) return
    try {
      receive(session, socket, readFrames(chunk))
      if (!socket.writableEnded) socket.setTimeout(session.account ? idleMs : loginMs)
    } catch (error) {
      log.warn({ registry: registry.settings.id, session: id, error: String(error) }, 'connection dropped')
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => endSession(session))
  write(socket, greet(session))
}

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

/** Serves one registry's EPP over TLS on 127.0.0.1. Rejects when the port is taken. */
export async function startEppServer(
  registry: Registry,
  certificates: Certificates,
  log: Log,
): Promise<EppServer> {
  const sockets = new Set<Socket>()
  const clients = new Set<TLSSocket>()
  let opened = 0
  const server = createServer({ cert: certificates.certPem, key: certificates.keyPem, minVersion: 'TLSv1.2' })
  server.maxConnections = CONNECTIONS_MAX
  server.on('tlsClientError', () => undefined)
  // Kept from the TCP connection on, so that closing also ends those still in the handshake.
  server.on('connection', (socket: Socket) => keep(sockets, socket))
  server.on('secureConnection', (socket) => {
    opened += 1
    keep(clients, socket)
    serve(registry, socket, `${registry.settings.id}-${opened}`, log)
  })
  const port = await listen(server, registry.settings.port)
  const close = () =>
    new Promise<void>((resolve) => {
      const hurry = setTimeout(() => destroyAll(sockets), LINGER_MS_MAX)
      server.close(() => {
        clearTimeout(hurry)
        resolve()
      })
      for (const client of clients) part(client)
    })
  return { port, close }
}
