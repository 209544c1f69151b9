import type { ServedName } from '@droplock/core/order-of-service/read-names'
import { soonestSeconds } from '@droplock/rules/drop/capacity'
import { TURN_SECONDS_MAX } from '@droplock/rules/drop/service'
import type { UnservedReason } from '@droplock/rules/drop/unserved'

/** What the simulated registry knows of a name. Times are of one clock, in milliseconds. */
export type NameFate = {
  readonly releasedMs: number | null
  readonly winner: string | null
  readonly creates: readonly {
    readonly clid: string
    readonly atMs: number
    readonly code: number | undefined
  }[]
}

/**
 * `caught`, or why not: what keeps it from being created now, `cut` (the time was not enough for it), `premium`, `rival` (a rival's create was
 * there first, though ours was in time), `capacity` (no create of ours was in time), `no_create`, `undecided`.
 */
export type RehearsalResult =
  | 'caught'
  | Exclude<UnservedReason, 'capacity'>
  | 'cut'
  | 'premium'
  | 'rival'
  | 'capacity'
  | 'no_create'
  | 'undecided'

/** `better`: served, though it was not expected to be, as names before it were decided, or sessions answered faster. */
export type Agreement = 'as_expected' | 'better' | 'worse' | 'not_compared'

export type Judged = {
  readonly name: ServedName
  /** From its release to our first create after it; null where there was none. */
  readonly firstCreateMs: number | null
  readonly creates: number
  /** Whether a create of ours was in time, as the expectation means it (ADR 36). */
  readonly isServed: boolean
  readonly result: RehearsalResult
  readonly agreement: Agreement
}

/** Judges a name that was not rehearsed. */
export function judgeLeftOut(name: ServedName): Judged {
  const none = { name, firstCreateMs: null, creates: 0, isServed: false, agreement: 'not_compared' } as const
  return { ...none, result: name.reason === undefined || name.reason === 'capacity' ? 'cut' : name.reason }
}

/** Judges a name by what its registry saw. `ours`: the ids of our accounts there. Pure. */
export function judgeName(name: ServedName, fate: NameFate, ours: ReadonlySet<string>): Judged {
  const { releasedMs } = fate
  const creates = fate.creates.filter(({ clid }) => ours.has(clid))
  const first = releasedMs === null ? undefined : creates.find(({ atMs }) => atMs >= releasedMs)
  const firstCreateMs = first === undefined || releasedMs === null ? null : first.atMs - releasedMs
  const isServed = firstCreateMs !== null && firstCreateMs < inTimeMs(name)
  return {
    name,
    firstCreateMs,
    creates: creates.length,
    isServed,
    result: resultOf(name, fate, { ours, isServed, isTried: creates.length > 0 }),
    agreement: agreementOf(name, isServed, releasedMs !== null),
  }
}

/** Questions take a part of the rate, and answers are waited for: turns that should take ten seconds take somewhat longer. */
const TURNS_MAX = 1.5

/** Within the second of its release, or after the logins; of a name that may be released at any moment, at its next turn. */
function inTimeMs({ basis, release }: ServedName): number {
  return 1_000 * (basis === 'known_instant' ? soonestSeconds(release) + 1 : TURNS_MAX * TURN_SECONDS_MAX)
}

type Seen = { readonly ours: ReadonlySet<string>; readonly isServed: boolean; readonly isTried: boolean }

function resultOf(
  name: ServedName,
  { winner }: NameFate,
  { ours, isServed, isTried }: Seen,
): RehearsalResult {
  if (winner !== null && ours.has(winner)) return 'caught'
  if (name.isPremium) return 'premium'
  if (!isTried) return name.reason === 'capacity' ? 'capacity' : 'no_create'
  if (winner === null) return 'undecided'
  return isServed ? 'rival' : 'capacity'
}

function agreementOf({ reason }: ServedName, isServed: boolean, isReleased: boolean): Agreement {
  if (!isReleased) return 'not_compared'
  if (isServed === (reason === undefined)) return 'as_expected'
  return isServed ? 'better' : 'worse'
}
