import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { sourceOf, type TrustedProxies } from './source.ts'

/** What strangers can make a server hold. */
export type ConnectionBounds = {
  /** All that are open at once. */
  readonly connectionsMax: number
  /** Of one source; proxies of ours have as many as there are. */
  readonly connectionsPerSourceMax: number
  /** What is handed to a connection at once (a piece of a stream, a body that is none) is taken within this. Milliseconds. */
  readonly writeMsMax: number
}

/** What a server has that is told nothing else: hundreds of kilobytes for each connection at the very most. */
export const usualBounds: ConnectionBounds = {
  connectionsMax: 2_000,
  connectionsPerSourceMax: 500,
  writeMsMax: 60_000,
}

/** A connection that takes nothing is noticed at most this part of `writeMsMax` late. */
const looksPerWait = 4

/** Keeps the number of connections within its bounds, and cuts those whose reader takes nothing. */
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
  const timer = setInterval(look, bounds.writeMsMax / looksPerWait).unref()
  server.once('close', () => clearInterval(timer))
}

type Progress = {
  /** How many bytes the reader had taken while more were waiting for it; undefined when none were. */
  readonly waitingAt: number | undefined
  readonly sinceMs: number
}

function follow(socket: Socket, before: Progress, nowMs: number): Progress {
  const { bytesWritten, writableLength } = socket
  const waitingAt = writableLength === 0 ? undefined : bytesWritten - writableLength
  const isStuck = waitingAt !== undefined && waitingAt === before.waitingAt
  return isStuck ? before : { waitingAt, sinceMs: nowMs }
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * One request at a time on a connection. No browser, client library or proxy sends the next one before it has the answer
 * (RFC 9112 §9.3.2 allows it, and allows the server to close); whoever does can make a server work for a reader who never
 * reads, so the connection is closed. To queue them instead, the server would have to stop reading, which node:http undoes.
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
