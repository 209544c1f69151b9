import type { ListingState } from './machines/listing.ts'

/** In a sandbox a name is on the list this long before it drops, in the sandbox's own time. Seconds. */
const LISTED_SECONDS = 86_400

/** How many times faster than a real one a sandbox's day may pass: at most so fast that half a minute is left to order a name. */
export const timeScales = { min: 1, usual: 1_440, max: 2_880 } as const

/** How long before its drop a name is listed at this scale. Milliseconds. */
export function leadMs(timeScale: number): number {
  return Math.ceil((LISTED_SECONDS * 1_000) / timeScale)
}

/** A name of a sandbox's drop, as it is in the database. */
export type SandboxName = {
  readonly name: string
  /** A later drop has it: that one says when it drops. */
  readonly isTaken: boolean
  /** Of its newest listing; null where there is none that is shown. */
  readonly state: ListingState | null
  /** Whether that listing is to drop when the drop says. */
  readonly isInTime: boolean
}

/** What is to be done for a drop now. */
export type SandboxCare = {
  /** Names of which the registry must know when they drop. */
  readonly plan: readonly string[]
  /** Whether the registry's list must be read now. */
  readonly readsList: boolean
  readonly isListed: boolean
  readonly hasEnded: boolean
  /** When to look again. Milliseconds from now. */
  readonly againMs: number
}

/** While the list is awaited, and while names drop. Milliseconds. */
const SOON_MS = 1_500
/** A registry that was started again knows nothing: so often the drops are planned there again. Milliseconds. */
const LATER_MS = 10_000
/** Before a drop its list is read once more: a name may have left it. Milliseconds. */
const LAST_LOOK_MS = 17_500
/** What was not listed by then is no longer waited for. Milliseconds after the drop. */
const GIVEN_UP_MS = 300_000

const movable: ReadonlySet<ListingState | null> = new Set([null, 'upcoming', 'open', 'closed'])

/** Whether a drop can still set when a name drops: it has not dropped, nor is it dropping. */
export function mayDrop(state: ListingState | null): boolean {
  return movable.has(state)
}

/** Looks after a drop: until its names are listed, once more before they drop, and until they have ended. */
export function decideCare(names: readonly SandboxName[], dropsAt: Date, now: Date): SandboxCare {
  const own = names.filter(({ isTaken }) => !isTaken)
  const untilMs = dropsAt.getTime() - now.getTime()
  const isAhead = untilMs > 0
  const isListed = own.every(({ state, isInTime }) => isInTime || !mayDrop(state))
  const isLast = isAhead && untilMs <= LAST_LOOK_MS
  const isOver = own.every(({ state }) => !mayDrop(state) && state !== 'dropping')
  return {
    plan: isAhead ? own.filter(({ state }) => mayDrop(state)).map(({ name }) => name) : [],
    readsList: isAhead && (!isListed || isLast),
    isListed,
    hasEnded: isOver || (!isListed && untilMs < -GIVEN_UP_MS),
    againMs: isListed && untilMs > LAST_LOOK_MS ? Math.min(LATER_MS, untilMs - LAST_LOOK_MS) : SOON_MS,
  }
}
