import { type Log, after as runAfter } from '../clock.ts'
import { present, type Registry } from '../registry/registry.ts'
import { type Answered, answer, greet } from './answer.ts'
import { type Delivery, makeDelivery } from './deliver.ts'
import { type FrameReader, makeFrameReader } from './frames.ts'
import {
  endSession,
  endWait,
  type HostRole,
  noteArrival,
  openSession,
  type Session,
  waitMs,
} from './session.ts'

/** A client that sends and never reads is dropped. */
const UNREAD_OCTETS_MAX = 1024 * 1024
/** A client that pipelines more than this while its session pauses is dropped. */
const QUEUED_DOCUMENTS_MAX = 1000
/** A client gets this long to read its last answer and close its side. */
export const LINGER_MS_MAX = 2000
/** What some registries send to an unknown address instead of a greeting. */
const BANNER = 'Access denied: your address is not registered\r\n'

/** The parts of a socket that are needed: TLS, unless a test replaces it. */
export type Socket = {
  readonly destroyed: boolean
  readonly writableEnded: boolean
  readonly writableLength: number
  setNoDelay(on: boolean): unknown
  /** Calls `then`, and those given earlier, after a silence of `ms`. */
  setTimeout(ms: number, then?: () => void): unknown
  write(octets: Buffer | string, then?: () => void): unknown
  end(): unknown
  destroy(): unknown
  on(event: 'data', run: (octets: Buffer) => void): unknown
  on(event: 'error' | 'close', run: () => void): unknown
}

type Connection = {
  readonly session: Session
  readonly socket: Socket
  readonly delivery: Delivery
  readonly queue: Buffer[]
  /** A command waits to be run, or its answer waits to be sent. */
  waiting: boolean
  /** The client sent data that is no EPP. Complete documents before it are still answered; nothing after it is read. */
  garbled: boolean
  /** Nothing is answered any more. */
  ignoring: boolean
}

/** Closes a connection: pending data is still sent, and the connection ends in bounded time. */
export function closeGently(socket: Socket, delivery?: Delivery): void {
  socket.setTimeout(LINGER_MS_MAX, () => socket.destroy())
  if (delivery) delivery.end()
  else socket.end()
}

function after(connection: Connection, { after: then }: Answered): void {
  const { socket, delivery } = connection
  if (then === 'stay') return
  connection.ignoring = true
  if (then === 'cut') socket.destroy()
  if (then === 'end' || then === 'half_close') closeGently(socket, delivery)
}

function deliver(connection: Connection, answered: Answered): void {
  const { socket, delivery } = connection
  if (socket.destroyed) return
  if (socket.writableLength > UNREAD_OCTETS_MAX) socket.destroy()
  else if (answered.xml !== undefined) delivery.send(answered.xml, answered.fault)
  after(connection, answered)
}

function later(connection: Connection, ms: number, then: () => void): void {
  connection.waiting = true
  runAfter(connection.session.registry.clock, ms, () => {
    connection.waiting = false
    if (connection.socket.destroyed) return
    then()
    drain(connection)
  })
}

/** Runs the received documents in order (RFC 5734 §3). A pause of the session or a delayed answer delays all that follow. */
function drain(connection: Connection): void {
  const { session, queue } = connection
  while (!connection.waiting && !connection.ignoring) {
    const document = queue[0]
    if (document === undefined) return connection.garbled ? after(connection, { after: 'end' }) : undefined
    const ms = waitMs(session, present(session.registry))
    if (ms > 0) return later(connection, ms, () => endWait(session))
    queue.shift()
    const answered = answer(session, document)
    const { delayMs } = answered
    if (delayMs) later(connection, delayMs, () => deliver(connection, answered))
    else deliver(connection, answered)
  }
}

/** Handles received octets. Throws when the client pipelines too many commands. Data that is no EPP ends the connection once earlier commands are answered. */
function receive(connection: Connection, read: FrameReader, chunk: Buffer, log: Log): void {
  const { session, queue } = connection
  const nowMs = present(session.registry)
  try {
    read(chunk, (document) => {
      noteArrival(session, nowMs)
      queue.push(document)
    })
  } catch (error) {
    connection.garbled = true
    warn(connection, log, error)
  }
  if (queue.length > QUEUED_DOCUMENTS_MAX) throw new Error('too many commands in flight')
  drain(connection)
}

function warn({ session }: Connection, log: Log, error: unknown): void {
  const { id: registry } = session.registry.settings
  log.warn({ registry, session: session.id, error: String(error) }, 'connection dropped')
}

function closeIdle({ session, socket }: Connection): void {
  if (session.account) session.account.violations.idle += 1
  endSession(session)
  socket.destroy()
}

/** Ends a session at its maximum age, even without a command. */
function watchLife({ session, socket }: Connection): void {
  const lifeMs = session.registry.settings.sessionLifeMs
  if (lifeMs === undefined) return
  const cancel = runAfter(session.registry.clock, lifeMs, () => {
    if (session.account) session.account.violations.sessionLife += 1
    endSession(session)
    socket.destroy()
  })
  socket.on('close', cancel)
}

/** Sends a refusal to an unknown address and closes the connection. */
export function refuseAddress(socket: Socket): void {
  socket.on('error', () => socket.destroy())
  socket.write(BANNER)
  closeGently(socket)
}

function open(connection: Connection): void {
  const greeting = greet(connection.session)
  if (greeting.fault?.kind !== 'plain_text_banner') return deliver(connection, greeting)
  connection.ignoring = true
  refuseAddress(connection.socket)
}

/** Serves one connection until it ends. `reset` ends it with a TCP RST. */
export function serveConnection(
  registry: Registry,
  socket: Socket,
  id: string,
  log: Log,
  reset: () => void,
  hostRole: HostRole = 'any',
): void {
  const session = openSession(id, registry, hostRole)
  const delivery = makeDelivery(socket, reset, registry.clock)
  const states = { waiting: false, garbled: false, ignoring: false }
  const connection: Connection = { session, socket, delivery, queue: [], ...states }
  const readFrames = makeFrameReader()
  const { loginMs, idleMs } = registry.settings
  socket.setNoDelay(true)
  socket.setTimeout(loginMs, () => closeIdle(connection))
  socket.on('data', (chunk: Buffer) => {
    if (connection.ignoring || connection.garbled || socket.writableEnded || socket.destroyed) return
    try {
      receive(connection, readFrames, chunk, log)
      if (!connection.ignoring) socket.setTimeout(session.account ? idleMs : loginMs)
    } catch (error) {
      warn(connection, log, error)
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => endSession(session))
  watchLife(connection)
  open(connection)
}
