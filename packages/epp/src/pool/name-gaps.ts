/** Keeps the least time between two commands about one name, as the registry counts it (see `RateWindow` for the bound). */
export class NameGaps {
  readonly #gapMs: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  /** In order of sending, so that what is past stands at the front. */
  readonly #gaps = new Map<string, { readyAtMs: number }>()

  constructor(gapMs: number, transitMsMax: number, nowMs: () => number) {
    this.#gapMs = gapMs
    this.#transitMsMax = transitMsMax
    this.#nowMs = nowMs
  }

  /** From when on the name may be asked about again; a time in the past when it may be now. */
  readyAtMs(name: string): number {
    return this.#gaps.get(name)?.readyAtMs ?? -Infinity
  }

  /** A command about `name` leaves now; call the result when its answer is here. */
  sent(name: string): () => void {
    if (this.#gapMs === 0) return () => {}
    const nowMs = this.#nowMs()
    this.#forgetPast(nowMs)
    const gap = { readyAtMs: nowMs + this.#transitMsMax + this.#gapMs }
    this.#gaps.delete(name)
    this.#gaps.set(name, gap)
    return () => {
      gap.readyAtMs = Math.min(gap.readyAtMs, this.#nowMs() + this.#gapMs)
    }
  }

  #forgetPast(nowMs: number): void {
    for (const [name, { readyAtMs }] of this.#gaps) {
      if (readyAtMs > nowMs) return
      this.#gaps.delete(name)
    }
  }
}
