import { byOrderOfService } from '@droplock/rules/drop/outcome'
import { servedMax } from '@droplock/rules/drop/service'
import type { Target } from './target.ts'

/**
 * Which of the names that take turns are served: as many as can be tried often enough, in the order of service (rule 23). The next one
 * is served as soon as one before it is decided.
 */
export class Served {
  /** In the order of service. */
  readonly #names: Target[] = []
  readonly #known = new Map<string, Target>()
  readonly #onServed: (target: Target) => void
  #max = 0

  /** `onServed` is called with a name that was not served before. */
  constructor(onServed: (target: Target) => void) {
    this.#onServed = onServed
  }

  /** Follows the account's rate. */
  resize(commandsPerSecondMax: number): void {
    const max = servedMax(commandsPerSecondMax)
    const before = this.#max
    this.#max = max
    for (const name of this.#names.slice(before, max)) this.#onServed(name)
  }

  isServed(target: Target): boolean {
    const last = this.#names[this.#max - 1]
    return last === undefined || byOrderOfService(target, last) <= 0
  }

  /** Follows whether the name takes turns. */
  follow(target: Target, takesTurns: boolean): void {
    if (!takesTurns) return this.remove(target)
    if (this.#known.has(target.id)) return
    this.#known.set(target.id, target)
    this.#names.splice(this.#placeOf(target), 0, target)
  }

  remove({ id }: Target): void {
    const target = this.#known.get(id)
    if (target === undefined) return
    this.#known.delete(id)
    const place = this.#placeOf(target)
    this.#names.splice(place, 1)
    const next = place < this.#max ? this.#names[this.#max - 1] : undefined
    if (next !== undefined) this.#onServed(next)
  }

  /** The place of a name, or where it belongs. */
  #placeOf(target: Target): number {
    let from = 0
    let to = this.#names.length
    while (from < to) {
      const middle = (from + to) >> 1
      const other = this.#names[middle]
      if (other !== undefined && byOrderOfService(other, target) < 0) from = middle + 1
      else to = middle
    }
    return from
  }
}
