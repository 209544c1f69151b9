import { Batch, type Pace } from './batch.ts'
import type { Seen } from './observe-release.ts'
import { orderKeyOf, type RegistryMs, type Target } from './target.ts'

/** Names of a zone whose windows begin within this are of one batch. Registries with two batches a day run them further apart. */
export const BATCH_MS_MAX = 3 * 3_600_000

/** Finds a target that may be tried now; undefined if it may not. */
export type Ready = (id: string) => Target | undefined

/** The batches of an account whose order of release is known: the names that have an order key, by zone and window. */
export class Batches {
  readonly #all: Batch[] = []
  readonly #batchOf = new Map<string, Batch>()

  /** Whether no name of a batch is being released now. */
  get isQuiet(): boolean {
    return this.#all.every((batch) => batch.isQuiet)
  }

  /** Follows a target that was added or has changed. */
  follow(target: Target): void {
    if (target.release !== 'daily_batch' || orderKeyOf(target) === null) return
    if (target.phase !== 'waiting' && target.phase !== 'firing') return
    const known = this.#batchOf.get(target.id)
    if (known !== undefined) return known.follow(target)
    let batch = this.#all.find(
      ({ zone, fromMs }) => zone === target.zone && Math.abs(fromMs - target.dropFromMs) < BATCH_MS_MAX,
    )
    if (batch === undefined) {
      batch = new Batch(target.zone, target.dropFromMs)
      this.#all.push(batch)
    }
    batch.add(target)
    this.#batchOf.set(target.id, batch)
  }

  /** Whether the name follows the front of a batch. */
  has({ id }: Target): boolean {
    return this.#batchOf.get(id)?.isOrdered ?? false
  }

  remove({ id }: Target): void {
    const batch = this.#batchOf.get(id)
    if (batch === undefined) return
    this.#batchOf.delete(id)
    batch.end(id)
    if (batch.isOver) this.#all.splice(this.#all.indexOf(batch), 1)
  }

  /** An answer showed something about the release of a name. Whether a batch has turned out to have another order. */
  learn(id: string, seen: Seen): boolean {
    const batch = this.#batchOf.get(id)
    const wasOrdered = batch?.isOrdered
    batch?.learn(id, seen)
    return wasOrdered !== batch?.isOrdered
  }

  sent({ id }: Target, atMs: RegistryMs): void {
    this.#batchOf.get(id)?.sent(id, atMs)
  }

  /** The name to try now, if one is likely enough to be free. */
  choose(pace: Pace, nowMs: RegistryMs, ready: Ready): Target | undefined {
    for (const batch of this.#all) {
      const target = batch.choose(pace, nowMs, ready)
      if (target !== undefined) return target
    }
    return undefined
  }

  /** A question about the name is sent. Whether it is one of those that its batch has when its release begins. */
  spend({ id }: Target): boolean {
    return this.#batchOf.get(id)?.spend() ?? false
  }

  /** The name about which `info` would tell most. Unless `mayAsk`, only a batch whose release has just begun asks. */
  chooseQuestion(mayAsk: boolean, nowMs: RegistryMs, ready: Ready): Target | undefined {
    for (const batch of this.#all) {
      const target = batch.chooseQuestion(mayAsk, nowMs, ready)
      if (target !== undefined) return target
    }
    return undefined
  }
}
