/** Releases by which the pace is measured. */
const OBSERVATIONS_MAX = 12
/** How uncertain the instant of an observed release is: about half of the pause between two creates of all registrars for a name. */
export const OBSERVED_MS = 12
/** The uncertainty that each step adds until it is measured: this share of the pace. */
const STEP_SHARE = 0.3
const STEP_MS_MIN = 0.1

/** A name of a batch, by its place in the order of release, and an instant. */
export type Release = { readonly index: number; readonly atMs: number }

export type Expected = { readonly atMs: number; readonly errorMs: number }

/** What a rival knows of a batch under way. Instants are by the registry's clock, epoch ms. */
export class Forecast {
  readonly #seen: Release[] = []
  #waiting: Release | undefined

  /** The last release that was seen: all names before it are gone too. */
  get last(): Release | undefined {
    return this.#seen.at(-1)
  }

  /** Whether the name is known to be released. */
  isGone(index: number): boolean {
    return index <= (this.last?.index ?? -1)
  }

  noteRelease(release: Release): void {
    if (this.isGone(release.index)) return
    this.#seen.push(release)
    if (this.#seen.length > OBSERVATIONS_MAX) this.#seen.shift()
  }

  /** The name was not released at this instant. */
  noteWaiting(waiting: Release): void {
    this.#waiting = waiting
  }

  /** When names are expected; `undefined` before the second release that was seen. */
  reckon(): ((index: number) => Expected) | undefined {
    const { last } = this
    const [oldest] = this.#seen
    if (last === undefined || oldest === undefined || last.index === oldest.index) return undefined
    const paceMs = Math.max(1, (last.atMs - oldest.atMs) / (last.index - oldest.index))
    const stepMs = this.#stepErrorMs(paceMs)
    const waiting = this.#waiting
    return (index) => {
      const steps = index - last.index
      const byLast = last.atMs + steps * paceMs
      const errorMs = Math.hypot(OBSERVED_MS, stepMs * Math.sqrt(Math.max(0, steps)))
      const isBound = waiting !== undefined && waiting.index > last.index && waiting.index <= index
      const byWaiting = isBound ? waiting.atMs + (index - waiting.index) * paceMs : -Infinity
      // Overdue and still waiting: it comes soon, and nobody knows when.
      return byWaiting > byLast ? { atMs: byWaiting + paceMs / 2, errorMs } : { atMs: byLast, errorMs }
    }
  }

  /** How far one step is from the pace, as the steps that were seen show. */
  #stepErrorMs(paceMs: number): number {
    let sum = (STEP_SHARE * paceMs) ** 2
    for (const [at, { index, atMs }] of this.#seen.slice(1).entries()) {
      const before = this.#seen[at]
      if (before === undefined) continue
      const steps = index - before.index
      sum += (atMs - before.atMs - steps * paceMs) ** 2 / steps
    }
    return Math.max(STEP_MS_MIN, Math.sqrt(sum / this.#seen.length))
  }
}
