import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { sourceOf, type TrustedProxies } from './source.ts'

/** What unauthenticated clients can make a server hold. */
export type ConnectionBounds = {
  /** Open connections at once. */
  readonly connectionsMax: number
  /** Open connections of one source; our own proxies have no limit of their own. */
  readonly connectionsPerSourceMax: number
  /** A client must read what is written to its connection at once (a piece of a stream, or a whole body) within this. Milliseconds. */
  readonly writeMsMax: number
}

/** The defaults: at most some hundred kilobytes for each connection. */
export const usualBounds: ConnectionBounds = {
  connectionsMax: 2_000,
  connectionsPerSourceMax: 500,
  writeMsMax: 60_000,
}

/** Checks in each `writeMsMax`: a stalled connection is noticed at most this fraction of it late. */
const LOOKS_PER_WAIT = 4

/** Keeps the number of connections within its bounds, and closes those whose client does not read. */
export function boundConnections(server: Server, bounds: ConnectionBounds, proxies: TrustedProxies): void {
  const open = new Map<Socket, Progress>()
  const counts = new Map<string, number>()
  server.maxConnections = bounds.connectionsMax
  server.on('connection', (socket: Socket) => {
    const source = proxies.has(socket.remoteAddress)
      ? undefined
      : sourceOf(socket.remoteAddress, undefined, proxies)
    if (source !== undefined) {
      const count = (counts.get(source) ?? 0) + 1
      if (count > bounds.connectionsPerSourceMax) return void socket.destroy()
      counts.set(source, count)
    }
    open.set(socket, { waitingAt: undefined, sinceMs: 0 })
    socket.once('close', () => {
      open.delete(socket)
      if (source === undefined) return
      const left = (counts.get(source) ?? 1) - 1
      if (left === 0) counts.delete(source)
      else counts.set(source, left)
    })
  })
  const look = () => {
    const nowMs = performance.now()
    for (const [socket, progress] of open) {
      const next = follow(socket, progress, nowMs)
      if (nowMs - next.sinceMs >= bounds.writeMsMax) socket.destroy()
      else open.set(socket, next)
    }
  }
  const timer = setInterval(look, bounds.writeMsMax / LOOKS_PER_WAIT).unref()
  server.once('close', () => clearInterval(timer))
}

type Progress = {
  /** How many bytes the client had read while more were waiting; undefined when none were waiting. */
  readonly waitingAt: number | undefined
  readonly sinceMs: number
}

function follow(socket: Socket, before: Progress, nowMs: number): Progress {
  const { bytesWritten, writableLength } = socket
  const waitingAt = writableLength === 0 ? undefined : bytesWritten - writableLength
  const isStuck = waitingAt !== undefined && waitingAt === before.waitingAt
  return isStuck ? before : { waitingAt, sinceMs: nowMs }
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * One request at a time on a connection. No browser, client library or proxy sends the next one before it has the answer
 * (RFC 9112 §9.3.2 allows it, and allows the server to close). A client that does could make the server work without ever
 * reading, so the connection is closed. To queue requests instead, the server would have to stop reading, which node:http undoes.
 */
export function oneAtATime(listener: Listener): Listener {
  const busy = new WeakSet<Socket>()
  return (request, response) => {
    const { socket } = request
    if (busy.has(socket)) return socket.destroy()
    busy.add(socket)
    response.once('close', () => busy.delete(socket))
    return listener(request, response)
  }
}
