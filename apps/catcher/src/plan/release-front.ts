import type { RegistryMs } from './target.ts'

/**
 * Where the release of a batch has got to, learned from the registry's answers. Names are positions in the expected order of release.
 *
 * Many guesses are kept of when the anchor (the last position whose release is known) was released and how long the registry takes for
 * each name after it: a particle filter. Each answer makes some guesses likelier: a name that was won was free, one that another got was
 * released before that, and one that exists was either not released yet or lost. So the next create goes to the name that is most likely
 * free when it arrives, and the front is found again after it was lost.
 */
export class ReleaseFront {
  #guesses: Guess[] = []
  #anchor = 0
  /** How long a released name stays free among rivals, as far as seen. */
  #freeMs = FREE_MS_FIRST
  /** How far releases are from what is expected: a share of the pace, for one name. */
  #spread = SPREAD_FIRST
  /** The last releases that were seen. */
  readonly #seen: { readonly position: number; readonly atMs: RegistryMs }[] = []
  readonly #paceMsFirst: number
  readonly #random: () => number

  /** `paceMs`: the usual time between two names, which may be far off. `random`: 0 ≤ x < 1. */
  constructor(paceMs: number, random: () => number) {
    this.#paceMsFirst = paceMs
    this.#random = random
  }

  /** Whether a release was seen; until then only the first names can be tried with any sense. */
  get isFound(): boolean {
    return this.#guesses.length > 0
  }

  get paceMs(): number {
    let paceMs = 0
    for (const guess of this.#guesses) paceMs += guess.weight * guess.paceMs
    return this.isFound ? paceMs : this.#paceMsFirst
  }

  /** How far the release is expected to have got. */
  placeAt(nowMs: RegistryMs): number {
    return this.#anchor + (nowMs - this.expectedMs(this.#anchor)) / this.paceMs
  }

  /** When a position is expected to be released. */
  expectedMs(position: number): RegistryMs {
    let atMs = 0
    for (const guess of this.#guesses) atMs += guess.weight * this.#releaseOf(guess, position)
    return atMs
  }

  /**
   * The probability that the name is free at `nowMs`, given that a create was refused at `refusedMs` as existing (`-Infinity`: none
   * was): released since then, and not taken yet.
   */
  chanceOf(position: number, refusedMs: RegistryMs, nowMs: RegistryMs): number {
    const steps = position - this.#anchor
    let chance = 0
    for (const { weight, atMs, paceMs } of this.#guesses) {
      const ageMs = nowMs - atMs - steps * paceMs
      if (ageMs > 0 && nowMs - ageMs > refusedMs) chance += weight * (this.#freeMs / (this.#freeMs + ageMs))
    }
    return chance
  }

  /** How likely the name is released by now. */
  releasedBy(position: number, nowMs: RegistryMs): number {
    let share = 0
    for (const guess of this.#guesses) if (this.#releaseOf(guess, position) <= nowMs) share += guess.weight
    return share
  }

  /**
   * A create was refused because the name exists: it is not released yet, or lost since `beforeMs`, when a create was refused last. If it
   * was lost before that, this one says nothing more.
   */
  refused(position: number, beforeMs: RegistryMs, atMs: RegistryMs): void {
    this.#weigh(position, (releasedMs) => {
      if (releasedMs > atMs || releasedMs <= beforeMs) return 1
      const ageMs = atMs - releasedMs
      return Math.max(UNLIKELY, ageMs / (this.#freeMs + ageMs))
    })
  }

  /** The registry showed the old registration: it is not released yet. */
  kept(position: number, atMs: RegistryMs): void {
    this.#weigh(position, (releasedMs) => (releasedMs > atMs ? 1 : UNLIKELY))
    if (!this.isFound || this.releasedBy(position, atMs + this.paceMs) < OVERDUE_SHARE) return
    // The release is somewhere between the last name that is known and this one.
    const steps = position - this.#anchor
    for (let number = 0; number < GUESSES; number += GUESSES_PER_DRAWN) {
      const guess = this.#guesses[number]
      if (guess === undefined || steps <= 0) continue
      const sinceMs = Math.max(PACE_MS_MIN, atMs - guess.atMs)
      guess.paceMs = Math.max(PACE_MS_MIN, sinceMs / (steps * (1 - this.#random() * BEHIND_SHARE_MAX)))
    }
  }

  /** It was released after `fromMs`, when a create of ours was still refused, and by `byMs`, when it was registered. */
  released(position: number, fromMs: RegistryMs, byMs: RegistryMs): void {
    // Rivals would have taken it, had it been free for long.
    const earliestMs = Math.max(fromMs, byMs - FREE_TIMES_MAX * this.#freeMs)
    if (!this.isFound) this.#begin(position, earliestMs, byMs)
    else {
      this.#learnSpread(position, earliestMs, byMs)
      const slackMs = Math.max(SLACK_MS_MIN, SLACK * this.#spread * this.paceMs)
      this.#weigh(position, (releasedMs) => {
        const apartMs = Math.max(earliestMs - releasedMs, releasedMs - byMs, 0)
        return Math.max(UNLIKELY, Math.exp(-apartMs / slackMs))
      })
      if (position > this.#anchor) this.#moveAnchor(position)
    }
    const closeMs = Math.max(earliestMs, byMs - NAMES_BEHIND_MAX * this.paceMs)
    this.#draw(position, closeMs, byMs)
    const atMs = Math.min(byMs, Math.max(closeMs, this.expectedMs(position)))
    this.#seen.push({ position, atMs })
    if (this.#seen.length > SEEN_MAX) this.#seen.shift()
  }

  /** How long a rival left a name free at the most: from our last refused create until it was registered. A long time shows nothing. */
  lost(withinMs: number): void {
    if (withinMs > LOST_WITHIN_MAX * Math.max(this.#freeMs, this.paceMs)) return
    const seenMs = Math.min(FREE_MS_MAX, Math.max(FREE_MS_MIN, withinMs / 2))
    this.#freeMs += (seenMs < this.#freeMs ? FREE_STEP_DOWN : FREE_STEP_UP) * (seenMs - this.#freeMs)
  }

  #releaseOf({ atMs, paceMs }: Guess, position: number): RegistryMs {
    return atMs + (position - this.#anchor) * paceMs
  }

  #begin(position: number, fromMs: RegistryMs, byMs: RegistryMs): void {
    this.#anchor = position
    this.#guesses = Array.from({ length: GUESSES }, () => this.#guess(fromMs, byMs))
  }

  /** Any moment of the interval, and any pace. */
  #guess(fromMs: RegistryMs, byMs: RegistryMs): Guess {
    const atMs = fromMs + this.#random() * (byMs - fromMs)
    const paceMs = this.#paceMsFirst * PACE_RANGE ** (1 - 2 * this.#random())
    return { atMs, paceMs, weight: 1 / GUESSES }
  }

  /** Some guesses are made from what was seen: this release, and the pace since another one. */
  #draw(position: number, fromMs: RegistryMs, byMs: RegistryMs): void {
    for (let number = 0; number < GUESSES; number += GUESSES_PER_DRAWN) {
      const other = this.#seen[Math.floor(this.#random() * this.#seen.length)]
      const guess = this.#guesses[number]
      if (other === undefined || guess === undefined || other.position === position) continue
      const atMs = fromMs + this.#random() * (byMs - fromMs)
      const paceMs = (atMs - other.atMs) / (position - other.position)
      if (paceMs < PACE_MS_MIN) continue
      guess.paceMs = paceMs
      guess.atMs = atMs + (this.#anchor - position) * paceMs
    }
  }

  /** How far releases are from what was expected, as a share of the pace and for one name. */
  #learnSpread(position: number, fromMs: RegistryMs, byMs: RegistryMs): void {
    const steps = Math.max(1, Math.abs(position - this.#anchor))
    const paceMs = this.paceMs
    if (position === this.#anchor || byMs - fromMs > paceMs / 2) return
    const apart = Math.max(0, Math.abs((fromMs + byMs) / 2 - this.expectedMs(position)) - (byMs - fromMs) / 2)
    const seen = Math.min(SPREAD_MAX, apart / paceMs / Math.sqrt(steps))
    this.#spread = Math.max(SPREAD_MIN, this.#spread + SPREAD_STEP * (1.25 * seen - this.#spread))
  }

  /** Guesses are about this position now; they become less certain with each name since the last one. */
  #moveAnchor(position: number): void {
    const steps = position - this.#anchor
    this.#anchor = position
    for (const guess of this.#guesses) guess.atMs += steps * guess.paceMs
    this.#resample(this.#spread * Math.sqrt(Math.max(1, steps)), PACE_VARIATION)
  }

  #weigh(position: number, likelihood: (releasedMs: RegistryMs) => number): void {
    let sum = 0
    for (const guess of this.#guesses) {
      guess.weight *= likelihood(this.#releaseOf(guess, position))
      sum += guess.weight
    }
    if (sum === 0) return
    let squares = 0
    for (const guess of this.#guesses) {
      guess.weight /= sum
      squares += guess.weight ** 2
    }
    if (1 / squares < GUESSES * GUESSES_LEFT_MIN)
      this.#resample(REDRAW_SHARE * this.#spread, REDRAW_SHARE * PACE_VARIATION)
  }

  /** Draws the guesses anew by their weights, a little varied. `spread`: of the time, as a share of the pace. */
  #resample(spread: number, paceVariation: number): void {
    const drawn: Guess[] = []
    let before = -1
    let sum = 0
    const offset = this.#random()
    for (let number = 0; number < GUESSES; number += 1) {
      while (sum <= (number + offset) / GUESSES && before < this.#guesses.length - 1)
        sum += this.#guesses[++before]?.weight ?? 0
      const like = this.#guesses[before]
      if (like === undefined) continue
      // A few guesses are far from the others: what was learned may be wrong.
      const isFar = number % GUESSES_PER_FAR === 0
      const paceMs = like.paceMs * (1 + (isFar ? 8 : 1) * paceVariation * this.#normal())
      const atMs = like.atMs + spread * like.paceMs * (isFar ? 8 : 1) * this.#normal()
      drawn.push({ atMs, paceMs: Math.max(PACE_MS_MIN, paceMs), weight: 1 / GUESSES })
    }
    this.#guesses = drawn
  }

  /** About normal, by the sum of three uniform numbers. */
  #normal(): number {
    return 2 * (this.#random() + this.#random() + this.#random() - 1.5)
  }
}

type Guess = { atMs: number; paceMs: number; weight: number }

/** Enough to know the front to a name, and few enough for some microseconds per choice. */
const GUESSES = 128
const GUESSES_LEFT_MIN = 0.4
const GUESSES_PER_FAR = 12

/** The first guesses of the pace are between so many times more and less than usual. */
const PACE_RANGE = 6
const PACE_VARIATION = 0.01
/** Guesses that are drawn anew by their weights alone differ from each other by this share of what a further name adds. */
const REDRAW_SHARE = 0.15
const PACE_MS_MIN = 0.5

const UNLIKELY = 0.02

/** A name that is still there although it is likely released: the release has got at least this share of the way to it. */
const OVERDUE_SHARE = 0.3
const BEHIND_SHARE_MAX = 0.6

const SPREAD_FIRST = 0.25
const SPREAD_MIN = 0.04
const SPREAD_MAX = 1
const SPREAD_STEP = 0.3
const SLACK = 0.5
const SLACK_MS_MIN = 4

/** So many releases are remembered, and every so manieth guess is made from two of them when one is seen. */
const SEEN_MAX = 12
/** A release is seen at most so many names late, unless more is known. */
const NAMES_BEHIND_MAX = 1
const GUESSES_PER_DRAWN = 3

/** How long rivals leave a name free: the first assumption, the bounds, and how fast it follows what is seen. */
const FREE_MS_FIRST = 100
const FREE_MS_MIN = 8
const FREE_MS_MAX = 2_000
/** Fast rivals are followed at once. */
const FREE_STEP_DOWN = 0.5
const FREE_STEP_UP = 0.1
const FREE_TIMES_MAX = 3
const LOST_WITHIN_MAX = 3
