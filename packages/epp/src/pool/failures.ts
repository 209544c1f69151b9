const DAY_MS = 86_400_000

/**
 * The rolling budget of creates that did not succeed. A create counts from its start, since any may fail, and is freed by
 * success; one without an answer counts as failed.
 */
export class FailedCreates {
  readonly #perDayMax: number
  readonly #nowMs: () => number
  /** Oldest first. */
  #failedAtMs: number[]
  #open = 0

  /** `agesMs`: how long ago the failures of the last 24 hours were. */
  constructor(perDayMax: number, agesMs: readonly number[], nowMs: () => number) {
    this.#perDayMax = perDayMax
    this.#nowMs = nowMs
    this.#failedAtMs = agesMs.map((ageMs) => nowMs() - ageMs).toSorted((a, b) => a - b)
  }

  /** How many more creates may be sent now. */
  left(): number {
    if (this.#perDayMax === Infinity) return Infinity
    const sinceMs = this.#nowMs() - DAY_MS
    const firstKept = this.#failedAtMs.findIndex((atMs) => atMs > sinceMs)
    this.#failedAtMs = firstKept === -1 ? [] : this.#failedAtMs.slice(firstKept)
    return Math.max(0, this.#perDayMax - this.#failedAtMs.length - this.#open)
  }

  /** A create begins; call the result once with what came of it. `undefined` when the budget is used up. */
  begin(): ((outcome: 'succeeded' | 'failed' | 'not_sent') => void) | undefined {
    if (this.left() === 0) return undefined
    this.#open += 1
    return (outcome) => {
      this.#open -= 1
      if (outcome === 'failed' && this.#perDayMax !== Infinity) this.#failedAtMs.push(this.#nowMs())
    }
  }
}
