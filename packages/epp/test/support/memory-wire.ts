import type { Wire, WireEvents } from '../../src/session/wire.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The longest delay of one direction in these tests; the client assumes at most 250 ms. */
export const ONE_WAY_MS_MAX = 240

/** The registry's end of a connection. */
type RegistryEnd = { onFrame(xml: string): void; onClose(): void }

/** A connection in memory with random delays in both directions, which keep the order. */
export class MemoryWire implements Wire {
  readonly #clock: VirtualTime
  readonly #random: () => number
  readonly #client: WireEvents
  readonly #registry: RegistryEnd
  readonly #gone = Promise.withResolvers<void>()
  #toRegistryMs = 0
  #toClientMs = 0
  #over = false

  constructor(clock: VirtualTime, random: () => number, client: WireEvents, registry: RegistryEnd) {
    this.#clock = clock
    this.#random = random
    this.#client = client
    this.#registry = registry
  }

  get gone(): Promise<void> {
    return this.#gone.promise
  }

  write(frame: Buffer): boolean {
    if (!this.#over) this.#toRegistry(() => this.#registry.onFrame(frame.subarray(4).toString('utf8')))
    return !this.#over
  }

  close(): void {
    this.#finish('we closed the connection')
    this.#toRegistry(() => this.#registry.onClose())
  }

  /** Delivers a document of the registry to the client. */
  send(xml: string): void {
    this.#toClient(() => {
      if (!this.#over) this.#client.onFrame(Buffer.from(xml, 'utf8'))
    })
  }

  /** The registry closes. */
  cut(): void {
    this.#toClient(() => {
      this.#finish('the registry closed the connection')
      this.#gone.resolve()
    })
  }

  #toRegistry(run: () => void): void {
    this.#toRegistryMs = Math.max(this.#toRegistryMs, this.#clock.nowMs() + this.#delayMs())
    this.#clock.after(this.#toRegistryMs - this.#clock.nowMs(), run)
  }

  #toClient(run: () => void): void {
    this.#toClientMs = Math.max(this.#toClientMs, this.#clock.nowMs() + this.#delayMs())
    this.#clock.after(this.#toClientMs - this.#clock.nowMs(), run)
  }

  /** Mostly short, sometimes nearly the longest. */
  #delayMs(): number {
    return 1 + this.#random() ** 3 * (ONE_WAY_MS_MAX - 1)
  }

  #finish(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.#client.onOver(reason)
  }
}
