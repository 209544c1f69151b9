import { EventEmitter } from 'node:events'
import type { WireSocket } from '@droplock/epp/session/wire'
import type { Socket } from '../../../../registry-sim/src/epp/connection.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The longest delay between the two ends; the client assumes 250 ms at most. */
const WAY_MS_MAX = 240

/**
 * One end of a connection in memory that behaves like a socket: octets arrive in order and delayed, an end is reported to the
 * other side, a reset is an error there, and silence is detected. The client's wire and the registry's connection both run
 * on it unchanged.
 */
class End extends EventEmitter implements Socket, WireSocket {
  readonly writableLength = 0
  destroyed = false
  writableEnded = false
  readonly #time: VirtualTime
  readonly #wayMs: () => number
  /** Runs what happens at this end in the process that it is an end of. */
  readonly #deliver: (run: () => void) => void
  #peer: End | undefined
  #isCut = false
  #arrivesMs = 0
  #peerEnded = false
  #activeMs: number
  #silenceMs = 0
  #cancelSilence: (() => void) | undefined

  constructor(time: VirtualTime, wayMs: () => number, deliver: (run: () => void) => void) {
    super()
    this.#time = time
    this.#wayMs = wayMs
    this.#deliver = deliver
    this.#activeMs = time.nowMs()
  }

  get writable(): boolean {
    return !this.writableEnded && !this.destroyed
  }

  join(peer: End): void {
    this.#peer = peer
  }

  setNoDelay(): void {}

  setTimeout(ms: number, then?: () => void): void {
    if (then) this.once('timeout', then)
    this.#silenceMs = ms
    this.#activeMs = this.#time.nowMs()
    this.#watch()
  }

  write(octets: Buffer | string, then?: () => void): boolean {
    if (!this.writable) return false
    this.#activeMs = this.#time.nowMs()
    const arrived = Buffer.from(octets)
    this.#send((peer) => peer.#receive(arrived))
    if (then) this.#time.after(0, () => this.#deliver(then))
    return true
  }

  end(): void {
    if (!this.writable) return
    this.writableEnded = true
    this.#send((peer) => peer.#receiveEnd())
    this.#closeWhenBothEnded()
  }

  destroy(): void {
    if (this.destroyed) return
    if (!this.writableEnded) this.#send((peer) => peer.#receiveEnd())
    this.#close()
  }

  /** Ends the connection with a TCP RST. */
  reset(): void {
    this.#send((peer) => peer.#fail())
    this.#close()
  }

  /** Nothing arrives any more, in either direction, and nobody is told. */
  cut(): void {
    this.#isCut = true
    if (this.#peer) this.#peer.#isCut = true
  }

  /** A router resets the connection: both ends see it. */
  breakDown(): void {
    if (this.destroyed) return
    this.#send((peer) => peer.#fail())
    this.#deliver(() => this.#fail())
  }

  /** The machine at this end ends the connection, since the process is gone. */
  close(): void {
    this.destroy()
    this.removeAllListeners()
  }

  #receive(octets: Buffer): void {
    if (this.destroyed) return
    this.#activeMs = this.#time.nowMs()
    this.emit('data', octets)
  }

  #receiveEnd(): void {
    if (this.destroyed || this.#peerEnded) return
    this.#peerEnded = true
    this.emit('end')
    this.end()
    this.#closeWhenBothEnded()
  }

  #fail(): void {
    if (this.destroyed) return
    this.emit('error', new Error('read ECONNRESET'))
    this.#close()
  }

  #closeWhenBothEnded(): void {
    if (this.#peerEnded && this.writableEnded) this.#close()
  }

  #close(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.#cancelSilence?.()
    this.#time.after(0, () => this.#deliver(() => this.emit('close')))
  }

  /** Everything arrives delayed and in order. */
  #send(run: (peer: End) => void): void {
    const nowMs = this.#time.nowMs()
    this.#arrivesMs = Math.max(this.#arrivesMs, nowMs + this.#wayMs())
    this.#time.after(this.#arrivesMs - nowMs, () => {
      const peer = this.#peer
      if (peer && !this.#isCut) peer.#deliver(() => run(peer))
    })
  }

  #watch(): void {
    this.#cancelSilence?.()
    const leftMs = this.#activeMs + this.#silenceMs - this.#time.nowMs()
    this.#cancelSilence = this.#time.after(leftMs, () => {
      if (this.#time.nowMs() < this.#activeMs + this.#silenceMs) this.#watch()
      else this.#deliver(() => this.emit('timeout'))
    })
  }
}

/** The two ends of one connection. Delays are mostly short, sometimes nearly the longest. `deliver`: see `End`, of the client's process. */
export function connectEnds(
  time: VirtualTime,
  random: () => number,
  deliver: (run: () => void) => void = (run) => run(),
  wayMsMax = WAY_MS_MAX,
): { client: End; server: End } {
  const wayMs = () => 1 + random() ** 3 * (wayMsMax - 1)
  const [client, server] = [new End(time, wayMs, deliver), new End(time, wayMs, (run) => run())]
  client.join(server)
  server.join(client)
  return { client, server }
}

export type { End }
