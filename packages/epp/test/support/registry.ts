import { readFileSync } from 'node:fs'
import { type AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import * as say from './answers.ts'

const tls = (file: string) => readFileSync(new URL(`../tls/${file}`, import.meta.url), 'utf8')

export const TEST_CA = tls('ca.pem')
export const OTHER_CA = tls('other-ca.pem')
export const TEST_CERT = tls('server.pem')
export const TEST_KEY = tls('server-key.pem')

/** A frame as the registry read it, by plain patterns and not by the client's reader. */
export type Command = {
  readonly verb: string
  readonly name: string
  readonly clTRID: string
  readonly xml: string
  readonly session: number
  readonly atMs: number
}

/** One connection, as the script sees it. */
export type Peer = {
  reply(xml: string): void
  /** Sends octets unchanged, header included. */
  raw(octets: Uint8Array): void
  end(): void
  reset(): void
}

/** Answers one command. `undefined`: the default answer is sent. */
export type Script = (command: Command, peer: Peer) => 'handled' | undefined | void

export type ScriptedRegistry = {
  readonly port: number
  readonly arrivals: Command[]
  /** Connections open now, and the most there were at once. */
  readonly open: () => number
  readonly openMost: () => number
  /** Connections that resumed a TLS session. */
  readonly resumed: () => number
  script: Script
  greet: (peer: Peer) => void
  stop(): Promise<void>
}

export function frameOf(xml: string): Buffer {
  const body = Buffer.from(xml, 'utf8')
  const header = Buffer.alloc(4)
  header.writeUInt32BE(body.length + 4)
  return Buffer.concat([header, body])
}

/** A TLS server on 127.0.0.1 that supports just enough EPP and follows a test's script. */
export async function startRegistry(
  script: Script = () => undefined,
  { requestCert = false, onPeer }: { requestCert?: boolean; onPeer?: (socket: TLSSocket) => void } = {},
): Promise<ScriptedRegistry> {
  const sockets = new Set<TLSSocket>()
  let most = 0
  let sessions = 0
  let resumed = 0
  const server = createServer(
    { key: TEST_KEY, cert: TEST_CERT, requestCert, rejectUnauthorized: false },
    (socket) => {
      onPeer?.(socket)
      sockets.add(socket)
      resumed += socket.isSessionReused() ? 1 : 0
      most = Math.max(most, sockets.size)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {})
      serve(socket, (sessions += 1), registry)
    },
  )
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const registry: ScriptedRegistry = {
    port: (server.address() as AddressInfo).port,
    arrivals: [],
    open: () => sockets.size,
    openMost: () => most,
    resumed: () => resumed,
    script,
    greet: (peer) => peer.reply(say.greeting()),
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return registry
}

function serve(socket: TLSSocket, session: number, registry: ScriptedRegistry): void {
  socket.setNoDelay(true)
  const peer: Peer = {
    reply: (xml) => void socket.write(frameOf(xml)),
    raw: (octets) => void socket.write(octets),
    end: () => void socket.end(),
    reset: () => void socket.destroy(),
  }
  registry.greet(peer)
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 4 && pending.length >= pending.readUInt32BE()) {
      const total = pending.readUInt32BE()
      const command = understand(pending.subarray(4, total).toString('utf8'), session)
      pending = pending.subarray(total)
      registry.arrivals.push(command)
      if (registry.script(command, peer) !== 'handled') answer(command, peer)
    }
  })
}

function understand(xml: string, session: number): Command {
  const part = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? ''
  return {
    verb: part(/<(hello|login|logout|create|info|check|renew|update|delete|poll)\b/u),
    name: part(/:name[^>]*>([^<]*)</u),
    clTRID: part(/<clTRID>([^<]*)</u),
    xml,
    session,
    atMs: performance.now(),
  }
}

function answer(command: Command, peer: Peer): void {
  const { verb, clTRID, name } = command
  if (verb === 'hello') return peer.reply(say.greeting())
  if (verb === 'create') return peer.reply(say.created(name, clTRID))
  if (verb === 'info') return peer.reply(say.info(name, clTRID))
  if (verb === 'check') return peer.reply(say.checked([name], clTRID))
  peer.reply(say.result(verb === 'logout' ? 1500 : 1000, clTRID))
  if (verb === 'logout') peer.end()
}
