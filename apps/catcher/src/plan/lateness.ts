import type { Seen } from './batch.ts'
import type { RegistryMs, Target } from './target.ts'

/**
 * How late a registry is that releases each name at a time that is known: learned from the last releases of each zone. Names around
 * the time at which they are to be expected then come before the others.
 */
export class Lateness {
  /** Of each zone, by how much the last releases were late. */
  readonly #seenMs = new Map<string, number[]>()
  /** When a create of a name arrived last and was refused as existing. */
  readonly #refusedMs = new Map<string, RegistryMs>()

  learn({ id, zone, releaseMs }: Target, seen: Seen): void {
    if (releaseMs === null) return
    if (seen.kind !== 'released') return void this.#refusedMs.set(id, seen.atMs)
    const fromMs = Math.max(this.#refusedMs.get(id) ?? -Infinity, releaseMs)
    if (seen.byMs - fromMs > WIDTH_MS_MAX) return
    const before = this.#seenMs.get(zone) ?? []
    this.#seenMs.set(zone, [...before, (fromMs + seen.byMs) / 2 - releaseMs].slice(-RELEASES))
  }

  remove({ id }: Target): void {
    this.#refusedMs.delete(id)
  }

  /** When the name is released, by the middle of the last three releases; undefined while its zone is on time. */
  expectedMs({ zone, releaseMs }: Target): RegistryMs | undefined {
    const seenMs = this.#seenMs.get(zone) ?? []
    const lateMs = seenMs.toSorted((one, other) => one - other)[(RELEASES - 1) / 2]
    if (releaseMs === null || seenMs.length < RELEASES || lateMs === undefined) return undefined
    return lateMs > LATE_MS_MIN ? releaseMs + lateMs : undefined
  }
}

/** One name that its registry holds back does not move the others. */
const RELEASES = 3

/** When a name was released has to be known to this. Milliseconds. */
const WIDTH_MS_MAX = 4_000

/** Less is what every name's first tries cover. Milliseconds. */
const LATE_MS_MIN = 1_000

/** A name is aimed at from so long before it is expected until so long after: the registry may become later with each name. */
export const AROUND_MS = 2_000

/** Whether a name is to be expected about now. */
export function isAround(expectedMs: RegistryMs | undefined, nowMs: RegistryMs): boolean {
  return expectedMs !== undefined && Math.abs(nowMs - expectedMs) <= AROUND_MS
}
