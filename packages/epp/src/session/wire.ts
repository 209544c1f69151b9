import { isIP } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { FrameDecoder } from '../framing.ts'

/** Where a registry answers, and how it and we are known. */
export type Endpoint = {
  readonly host: string
  readonly port: number
  /** The name its certificate must carry; `host` when absent. */
  readonly serverName?: string
  /** Certificate authorities in PEM. The platform's own when absent; the check itself can't be turned off. */
  readonly ca?: string
  /** Our certificate and key in PEM, where the registry wants mutual TLS. */
  readonly cert?: string
  readonly key?: string
  /** The address of ours to connect from: registries list those that they let in. */
  readonly localAddress?: string
}

/** Shared by all sessions on one endpoint, so that a reconnect resumes TLS and saves a round trip. */
export type TlsTickets = { latest?: Buffer }

export type WireEvents = {
  onFrame(xml: Buffer): void
  /** The connection is over, or of no further use. Called once. */
  onOver(reason: string): void
}

export type Wire = {
  /** Hands a whole frame to the socket. False: nothing was handed over, because the connection is over. */
  write(frame: Buffer): boolean
  /** Ends our side; the rest is waited for, but not for ever. */
  close(): void
  /** The registry knows that the connection is over, or a bounded time has passed in which it should have learnt. */
  readonly gone: Promise<void>
}

export type WireTimes = {
  readonly connectMsMax: number
  /** How long an unconfirmed close still counts as an open session. */
  readonly closeMsMax: number
}

export type OpenWire = typeof openWire

/** What a wire needs of its socket once it is connected; TLS, unless a test says otherwise. */
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
 * Opens TLS and cuts what arrives into frames. Rejects with the socket's error (certificate, refused, time-out).
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
      resolve(wire)
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

/** Cuts what arrives on a connected socket into frames, and ends it in bounded time. */
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
    // What comes after the end belongs to no command any more.
    if (over) return
    try {
      decoder.push(chunk, (xml) => events.onFrame(xml))
    } catch (error) {
      finish(error instanceof Error ? error.message : 'the stream is not EPP')
    }
  })
  socket.on('end', () =>
    finish(decoder.atBoundary ? 'the registry closed the connection' : 'the registry closed within a frame'),
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
