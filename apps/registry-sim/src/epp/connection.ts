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
/** What some registries tell an address they do not know, in the place of a greeting. */
const BANNER = 'Access denied: your address is not registered\r\n'

/** What is needed of a socket; TLS, unless a test says otherwise. */
export type Socket = {
  readonly destroyed: boolean
  readonly writableEnded: boolean
  readonly writableLength: number
  setNoDelay(on: boolean): unknown
  /** Calls `then`, and each one given before, after a silence of `ms`. */
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
  /** A command waits to be run, or its answer to leave. */
  waiting: boolean
  /** The client sends what is no EPP: what came whole before that is still answered, and nothing else is read. */
  garbled: boolean
  /** Nothing is answered any more. */
  deaf: boolean
}

/** Says goodbye: what is written still leaves, then the connection ends, soon and in any case. */
export function part(socket: Socket, delivery?: Delivery): void {
  socket.setTimeout(LINGER_MS_MAX, () => socket.destroy())
  if (delivery) delivery.end()
  else socket.end()
}

function after(connection: Connection, { after: then }: Answered): void {
  const { socket, delivery } = connection
  if (then === 'stay') return
  connection.deaf = true
  if (then === 'cut') socket.destroy()
  if (then === 'end' || then === 'half_close') part(socket, delivery)
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

/** Runs what has arrived, in order (RFC 5734 §3): a pause of the session, or a late answer, holds up all that follow. */
function drain(connection: Connection): void {
  const { session, queue } = connection
  while (!connection.waiting && !connection.deaf) {
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

/** Takes what arrived. Throws when the client pipelines without end; what is no EPP ends the connection in its turn. */
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

/** Ends a session at its age, even one that is silent. */
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

/** Tells an address that it is not known here, and ends the connection. */
export function refuseAddress(socket: Socket): void {
  socket.on('error', () => socket.destroy())
  socket.write(BANNER)
  part(socket)
}

function open(connection: Connection): void {
  const greeting = greet(connection.session)
  if (greeting.fault?.kind !== 'plain_text_banner') return deliver(connection, greeting)
  connection.deaf = true
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
  const states = { waiting: false, garbled: false, deaf: false }
  const connection: Connection = { session, socket, delivery, queue: [], ...states }
  const readFrames = makeFrameReader()
  const { loginMs, idleMs } = registry.settings
  socket.setNoDelay(true)
  socket.setTimeout(loginMs, () => closeIdle(connection))
  socket.on('data', (chunk: Buffer) => {
    if (connection.deaf || connection.garbled || socket.writableEnded || socket.destroyed) return
    try {
      receive(connection, readFrames, chunk, log)
      if (!connection.deaf) socket.setTimeout(session.account ? idleMs : loginMs)
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
