/** First pause after a failed connection. Reconnecting at once is what registries punish. */
const PAUSE_MS_MIN = 500

/** A registry that is down for long is asked twice a minute. */
const PAUSE_MS_MAX = 30_000

/** Pauses that double up to a bound; the upper half is random, so that many clients don't return in step. */
export class Backoff {
  readonly #random: () => number
  #failures = 0

  constructor(random: () => number) {
    this.#random = random
  }

  /** The next pause in milliseconds. */
  next(): number {
    const fullMs = Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** Math.min(this.#failures, 16))
    this.#failures += 1
    return fullMs * (0.5 + this.#random() / 2)
  }

  reset(): void {
    this.#failures = 0
  }
}
