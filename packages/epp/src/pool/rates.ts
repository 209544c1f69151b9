import type { Permit, RateSource } from './rate-window.ts'

/** Several windows as one: a permit is a place in each of them. */
export class Rates implements RateSource {
  readonly #windows: readonly RateSource[]
  readonly #nowMs: () => number

  constructor(windows: readonly RateSource[], nowMs: () => number) {
    this.#windows = windows
    this.#nowMs = nowMs
  }

  nextAtMs(): number {
    return Math.max(...this.#windows.map((window) => window.nextAtMs()))
  }

  take(): Permit | undefined {
    if (this.nextAtMs() > this.#nowMs()) return undefined
    const permits = this.#windows.flatMap((window) => window.take() ?? [])
    const all = (step: keyof Permit) => () => {
      for (const permit of permits) permit[step]()
    }
    return { sent: all('sent'), answered: all('answered'), giveBack: all('giveBack') }
  }
}
