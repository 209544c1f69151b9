import { isIP } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { FrameDecoder } from '../framing.ts'

/** A registry's address, and how both sides identify themselves. */
export type Endpoint = {
  readonly host: string
  readonly port: number
  /** The name that its certificate must carry; `host` when absent. */
  readonly serverName?: string
  /** Certificate authorities in PEM; the platform's when absent. The check can't be turned off. */
  readonly ca?: string
  /** Our certificate and key in PEM, if the registry requires mutual TLS. */
  readonly cert?: string
  readonly key?: string
  /** Our address to connect from: registries allow listed addresses only. */
  readonly localAddress?: string
}

/** Shared by all sessions on one endpoint, so that a new connection resumes TLS and saves a round trip. */
export type TlsTickets = { latest?: Buffer }

export type WireEvents = {
  onFrame(xml: Buffer): void
  /** The connection has ended or is useless. Called once. */
  onOver(reason: string): void
}

export type Wire = {
  /** Hands a whole frame to the socket. False: the connection has ended, and nothing was handed over. */
  write(frame: Buffer): boolean
  /** Ends our side and waits, for a bounded time, until the registry ends its side. */
  close(): void
  /** Resolves when the registry has closed the connection, or after a bounded time. */
  readonly gone: Promise<void>
  /** The registry's certificate; undefined where the wire is no TLS of its own, or resumes one. */
  readonly certificate?: () => ServerCertificate | undefined
}

export type ServerCertificate = {
  readonly subject: string
  readonly issuer: string
  readonly expiresAt: Date
}

export type WireTimes = {
  readonly connectMsMax: number
  /** How long an unconfirmed close still counts as an open session. */
  readonly closeMsMax: number
}

export type OpenWire = typeof openWire

/** The parts of a connected socket that a wire needs: TLS, unless a test replaces it. */
export type WireSocket = {
  readonly writable: boolean
  write(octets: Buffer): unknown
  end(): unknown
  destroy(): unknown
  once(event: 'close', run: () => void): unknown
  on(event: 'data', run: (octets: Buffer) => void): unknown
  on(event: 'error', run: (error: Error) => void): unknown
  on(event: 'end' | 'close', run: () => void): unknown
}

/**
 * Opens TLS and splits the received octets into frames. Rejects with the socket's error (certificate, refused, time-out).
 * The certificate is always checked against `ca` and the server's name. RFC 5734 §8.
 */
export function openWire(
  endpoint: Endpoint,
  times: WireTimes,
  clock: Clock,
  tickets: TlsTickets,
  events: WireEvents,
): Promise<Wire> {
  const socket = openSocket(endpoint, tickets)
  const wire = wireOf(socket, times, clock, events)
  return new Promise((resolve, reject) => {
    const cancel = clock.after(times.connectMsMax, () =>
      socket.destroy(new Error(`no TLS connection within ${times.connectMsMax} ms`)),
    )
    socket.once('secureConnect', () => {
      cancel()
      resolve({ ...wire, certificate: () => certificateOf(socket) })
    })
    socket.once('error', (error) => {
      cancel()
      reject(error)
    })
    socket.once('close', () => {
      cancel()
      reject(new Error('the connection was closed during the TLS handshake'))
    })
  })
}

function openSocket(endpoint: Endpoint, tickets: TlsTickets): TLSSocket {
  const { host, port, ca, cert, key, localAddress } = endpoint
  const serverName = endpoint.serverName ?? host
  const socket = connect({
    host,
    port,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
    // SNI carries names only (RFC 6066 §3).
    ...(isIP(serverName) === 0 && { servername: serverName }),
    ...(ca !== undefined && { ca }),
    ...(localAddress !== undefined && { localAddress }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(tickets.latest && { session: tickets.latest }),
  })
  socket.setNoDelay(true)
  socket.on('session', (ticket) => {
    tickets.latest = ticket
  })
  return socket
}

function certificateOf(socket: TLSSocket): ServerCertificate | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const { subject, issuer, validTo } = certificate
  return { subject: oneLine(subject), issuer: oneLine(issuer), expiresAt: new Date(validTo) }
}

/** A distinguished name has a line for each part. */
function oneLine(name: string): string {
  return name.trim().split('\n').join(', ')
}

/** Splits the octets that a connected socket receives into frames, and ends it in bounded time. */
export function wireOf(socket: WireSocket, times: WireTimes, clock: Clock, events: WireEvents): Wire {
  const decoder = new FrameDecoder()
  const gone = Promise.withResolvers<void>()
  let over = false
  const finish = (reason: string) => {
    if (over) return
    over = true
    events.onOver(reason)
    const cancel = clock.after(times.closeMsMax, () => socket.destroy())
    socket.once('close', cancel)
    socket.end()
  }
  socket.on('data', (chunk: Buffer) => {
    // Data after the end belongs to no command.
    if (over) return
    try {
      decoder.push(chunk, (xml) => events.onFrame(xml))
    } catch (error) {
      finish(error instanceof Error ? error.message : 'the stream is not EPP')
    }
  })
  socket.on('end', () =>
    finish(
      decoder.atBoundary
        ? 'the registry closed the connection'
        : 'the registry closed in the middle of a frame',
    ),
  )
  socket.on('error', (error) => finish(`the connection failed: ${error.message}`))
  socket.on('close', () => {
    finish('the connection was closed')
    gone.resolve()
  })
  return {
    write: (frame) => {
      if (over || !socket.writable) return false
      socket.write(frame)
      return true
    },
    close: () => finish('we closed the connection'),
    gone: gone.promise,
  }
}
