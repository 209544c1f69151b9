import type { Wire, WireEvents } from '../../src/session/wire.ts'
import type { SlowTime } from './slow-time.ts'

/** The longest way to the registry in these tests; the client's bound is 250 ms. */
export const WAY_MS_MAX = 240

/** The registry's end of a line. */
type Ears = { onFrame(xml: string): void; onClose(): void }

/** A connection in memory whose two ways take their time, and keep the order. */
export class Line implements Wire {
  readonly #clock: SlowTime
  readonly #random: () => number
  readonly #client: WireEvents
  readonly #registry: Ears
  readonly #gone = Promise.withResolvers<void>()
  #thereMs = 0
  #hereMs = 0
  #over = false

  constructor(clock: SlowTime, random: () => number, client: WireEvents, registry: Ears) {
    this.#clock = clock
    this.#random = random
    this.#client = client
    this.#registry = registry
  }

  get gone(): Promise<void> {
    return this.#gone.promise
  }

  write(frame: Buffer): boolean {
    if (!this.#over) this.#there(() => this.#registry.onFrame(frame.subarray(4).toString('utf8')))
    return !this.#over
  }

  close(): void {
    this.#finish('we closed the connection')
    this.#there(() => this.#registry.onClose())
  }

  /** The registry says something. */
  tell(xml: string): void {
    this.#here(() => {
      if (!this.#over) this.#client.onFrame(Buffer.from(xml, 'utf8'))
    })
  }

  /** The registry closes. */
  cut(): void {
    this.#here(() => {
      this.#finish('the registry closed the connection')
      this.#gone.resolve()
    })
  }

  #there(run: () => void): void {
    this.#thereMs = Math.max(this.#thereMs, this.#clock.nowMs() + this.#wayMs())
    this.#clock.after(this.#thereMs - this.#clock.nowMs(), run)
  }

  #here(run: () => void): void {
    this.#hereMs = Math.max(this.#hereMs, this.#clock.nowMs() + this.#wayMs())
    this.#clock.after(this.#hereMs - this.#clock.nowMs(), run)
  }

  /** Mostly short, now and then nearly the longest. */
  #wayMs(): number {
    return 1 + this.#random() ** 3 * (WAY_MS_MAX - 1)
  }

  #finish(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.#client.onOver(reason)
  }
}
