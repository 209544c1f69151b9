import type { Seen } from './observe-release.ts'
import type { RegistryMs, Target } from './target.ts'

/** From when on a create may find the name free, and from when on it does for certain. */
export type Aim = { readonly soonestMs: RegistryMs; readonly surelyMs: RegistryMs }

/** By how much a release was late: more than `overMs` and at most `byMs`. */
type Late = { readonly overMs: number; readonly byMs: number }

/** A name that this account did not win does not say when it was free. */
const nothing: Late = { overMs: -Infinity, byMs: Infinity }

/**
 * How late a registry is that releases each name at a time that is known, learned from the last releases of each zone. By some
 * milliseconds, where the clock of its greetings is not that of its releases: then creates are aimed later. Or by minutes: then names
 * around the time at which they are to be expected come before the others.
 */
export class Lateness {
  /** Of each zone, what its last names showed. */
  readonly #ends = new Map<string, readonly Late[]>()
  /** Of zones that are a moment late. */
  readonly #late = new Map<string, Late>()
  /** Of each zone, by how much its last releases were late, where that is known. */
  readonly #releases = new Map<string, readonly number[]>()
  /** When each name was still registered, by the last answers. */
  readonly #existedMs = new Map<string, readonly RegistryMs[]>()

  /** Whether the names of its zone are to be tried at another time now. */
  learn({ id, zone, releaseMs }: Target, seen: Seen): boolean {
    if (releaseMs === null) return false
    if (seen.kind !== 'released') {
      this.#existedMs.set(id, keepLast(ANSWERS, this.#existedMs.get(id), seen.atMs))
      return false
    }
    // What was refused after that was lost.
    const existedMs = this.#existedMs.get(id)?.findLast((atMs) => atMs < seen.byMs) ?? -Infinity
    const [overMs, byMs] = [existedMs - releaseMs, seen.byMs - releaseMs]
    const fromMs = Math.max(0, overMs)
    if (byMs >= fromMs && byMs - fromMs <= WIDTH_MS_MAX)
      this.#releases.set(zone, keepLast(RELEASES, this.#releases.get(zone), (fromMs + byMs) / 2))
    return this.#followEnds(zone, seen.isWon === true ? { overMs, byMs } : nothing)
  }

  remove({ id }: Target): void {
    this.#existedMs.delete(id)
  }

  /**
   * When to try a name whose zone is a moment late; undefined where nothing is known. Halfway between what was refused and what was won
   * first, so that the next names are tried sooner. Where releases vary, after the latest that was refused.
   */
  aimOf({ zone, releaseMs }: Target): Aim | undefined {
    const late = this.#late.get(zone)
    if (releaseMs === null || late === undefined) return undefined
    const { overMs, byMs } = late
    const surelyMs = Math.max(byMs, overMs + 1)
    const soonestMs = byMs - overMs > STEP_MS ? (overMs + byMs) / 2 : surelyMs
    return { soonestMs: releaseMs + soonestMs, surelyMs: releaseMs + surelyMs }
  }

  /** Only a refusal shows that a zone is late: a win may have waited for its turn. When it is forgotten, it is looked for again. */
  #followEnds(zone: string, end: Late): boolean {
    const before = this.#late.get(zone)
    const ends = keepLast(ENDS, this.#ends.get(zone), end)
    this.#ends.set(zone, ends)
    const byMs = Math.min(...ends.map((late) => late.byMs))
    const refusedMs = Math.max(...ends.map((late) => late.overMs))
    const soonerMs = this.#late.has(zone) && byMs > 2 * STEP_MS ? byMs - 2 * STEP_MS : -Infinity
    const overMs = refusedMs < 0 ? soonerMs : refusedMs
    // One name that is later than others are is held back; so much later is none of a clock.
    const isLate = overMs >= 0 && overMs <= byMs + VARIES_MS_MAX && byMs <= AIM_MS_MAX
    if (isLate) this.#late.set(zone, { overMs, byMs })
    else this.#late.delete(zone)
    const late = this.#late.get(zone)
    return late?.overMs !== before?.overMs || late?.byMs !== before?.byMs
  }

  /** When the name is to be expected, by the middle of the last three releases; undefined while its zone is on time. */
  expectedMs({ zone, releaseMs }: Target): RegistryMs | undefined {
    const seenMs = this.#releases.get(zone) ?? []
    const lateMs = seenMs.toSorted((one, other) => one - other)[(RELEASES - 1) / 2]
    if (releaseMs === null || seenMs.length < RELEASES || lateMs === undefined) return undefined
    return lateMs > LATE_MS_MIN ? releaseMs + lateMs : undefined
  }
}

function keepLast<Kept>(count: number, before: readonly Kept[] = [], last: Kept): readonly Kept[] {
  return [...before, last].slice(-count)
}

/** What so many names showed is used. If none of them was won, the aim was too late, or nothing helps: the next one is tried on time. */
const ENDS = 20

/** An aim that is later than this is no error of a clock. Milliseconds. */
const AIM_MS_MAX = 250

/** Releases of one zone vary by so much. Milliseconds. */
const VARIES_MS_MAX = 25

/** Closer than this a release need not be known. Milliseconds. */
const STEP_MS = 5

/** Answers of a name that are kept: those before it was lost are among them. */
const ANSWERS = 12

/** One name that its registry holds back does not move the others. */
const RELEASES = 3

/** When a name was released has to be known to this. Milliseconds. */
const WIDTH_MS_MAX = 4_000

/** Less is what every name's first tries cover. Milliseconds. */
const LATE_MS_MIN = 1_000

/** A name is expected from so long before until so long after: the registry may become later with each name. Milliseconds. */
export const AROUND_MS = 2_000

/** Whether a name is to be expected about now. */
export function isAround(expectedMs: RegistryMs | undefined, nowMs: RegistryMs): boolean {
  return expectedMs !== undefined && Math.abs(nowMs - expectedMs) <= AROUND_MS
}
