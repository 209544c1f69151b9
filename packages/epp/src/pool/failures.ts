import type { Clock } from '../clock.ts'
import { Fifo } from './fifo.ts'
import type { AccountLimits } from './limits.ts'

/** First pause after a failed connection. Registries penalise immediate reconnects. */
const PAUSE_MS_MIN = 500

/** A registry that is down for long is tried twice a minute. */
const PAUSE_MS_MAX = 30_000

/** Pauses that double up to a bound. Their upper half is random, so that many clients do not return at the same time. */
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

const DAY_MS = 86_400_000

/** When a command is tried again that waits for the next reservation of the budget. Milliseconds. */
const RESERVED_AGAIN_MS = 100

/** An account's budget, with the failures of the last 24 hours. Shared by its pools when it has two. */
export function failuresOf(
  { failedCreatesPerDayMax }: AccountLimits,
  failedAt: readonly Date[],
  clock: Pick<Clock, 'nowMs' | 'date'>,
): Failures {
  const agesMs = failedAt.map((at) => clock.date().getTime() - at.getTime())
  return new Failures(failedCreatesPerDayMax ?? Infinity, agesMs, () => clock.nowMs())
}

export type Spent = 'succeeded' | 'failed' | 'not_sent'

/**
 * The rolling budget of failed creates, which at some registries includes checks. A command counts when it begins, since it
 * may fail, and no longer once it succeeds. A command without an answer counts as failed. Where a part of it is to be reserved
 * before it is spent, so that it is known also when this process is lost, nothing begins beyond what was reserved.
 */
export class Failures {
  readonly #perDayMax: number
  readonly #nowMs: () => number
  /** Oldest first. */
  readonly #failedAtMs = new Fifo<number>()
  #open = 0
  /** All that ever began, which fails at most. */
  #begun = 0
  #begunMax = Infinity

  /** `agesMs`: the ages of the failures of the last 24 hours. */
  constructor(perDayMax: number, agesMs: readonly number[], nowMs: () => number) {
    this.#perDayMax = perDayMax
    this.#nowMs = nowMs
    for (const ageMs of agesMs.toSorted((a, b) => b - a)) this.#failedAtMs.push(nowMs() - ageMs)
  }

  /** How many more commands may fail now. */
  left(): number {
    if (this.#perDayMax === Infinity) return Infinity
    const sinceMs = this.#nowMs() - DAY_MS
    while ((this.#failedAtMs.head ?? Infinity) <= sinceMs) this.#failedAtMs.shift()
    return Math.max(0, this.#perDayMax - this.#failedAtMs.length - this.#open)
  }

  /**
   * Reserves `more` commands from now on. `count` is the most that will have failed within the last 24 hours once they
   * have; call `keep` when that is stored.
   */
  reserve(more: number): { readonly count: number; readonly keep: () => void } {
    if (this.#perDayMax === Infinity) return { count: 0, keep: () => undefined }
    const begunMax = this.#begun + more
    return { count: this.#perDayMax - this.left() + more, keep: () => (this.#begunMax = begunMax) }
  }

  /**
   * When the budget may have room for a command that may fail `count` times. A time not after now means: now, or as soon as
   * commands in flight are answered.
   */
  freeAtMs(count = 1): number {
    if (this.left() >= count && this.#begun + count > this.#begunMax) return this.#nowMs() + RESERVED_AGAIN_MS
    if (this.left() >= count || this.#failedAtMs.length + count <= this.#perDayMax) return this.#nowMs()
    return (this.#failedAtMs.head ?? -Infinity) + DAY_MS
  }

  /** Begins a command that may fail `count` times. Call the result once with its outcome. `undefined`: no budget left. */
  begin(count = 1): ((outcome: Spent) => void) | undefined {
    if (this.left() < count || this.#begun + count > this.#begunMax) return undefined
    this.#begun += count
    this.#open += count
    return (outcome) => {
      this.#open -= count
      if (outcome !== 'failed' || this.#perDayMax === Infinity) return
      for (let failure = 0; failure < count; failure += 1) this.#failedAtMs.push(this.#nowMs())
    }
  }
}
