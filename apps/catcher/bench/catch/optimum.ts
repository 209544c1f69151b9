/** What the registry allows an account, and how far away it is. */
export type Limits = {
  readonly sessions: number
  /** In any window of a second, by arrival. */
  readonly commandsPerSecond: number
  readonly roundTripMs: number
}

const SECOND_MS = 1_000

/**
 * The earliest possible arrivals of one create for each name, in the order of `releasesMs`, which is ascending, for somebody who knows
 * every instant of release, sends nothing else, and keeps the limits.
 *
 * Each is the latest of three bounds that no way of sending can beat; let a be its arrivals, ascending. The first k of them serve k
 * different names, at least one of which is released at or after the k-th release, so a[k] is not before that. Of any `sessions + 1`
 * arrivals two are of one session, which has one command in flight, so the last is a round trip after the first. Of any
 * `commandsPerSecond + 1` the last is a second after the first. By induction a[k] is not before the arrival that is found here. As this
 * holds for every k, it is a bound for the sum, for every quantile and for the maximum of the delays; and it is reached, by a create for
 * the name that was released first.
 */
export function earliestArrivals(releasesMs: readonly number[], limits: Limits): readonly number[] {
  const { sessions, commandsPerSecond, roundTripMs } = limits
  const arrivals: number[] = []
  for (const [index, releaseMs] of releasesMs.entries()) {
    const ofSession = (arrivals[index - sessions] ?? -Infinity) + roundTripMs
    const ofRate = (arrivals[index - commandsPerSecond] ?? -Infinity) + SECOND_MS
    arrivals.push(Math.max(releaseMs, ofSession, ofRate))
  }
  return arrivals
}

/** A name of ours: when it was released, and when our first create for it arrived at or after that; Infinity if none did. */
export type Tried = { readonly releasedMs: number; readonly firstMs: number }

/** The delay of each name's first create, and how much of it is above that of the optimum. */
export type Delay = { readonly delayMs: number; readonly excessMs: number }

/**
 * Compares each name with the optimum. Names are matched in the order of release; those of one instant in the order in which they were
 * tried, since which of them is first is no merit. An excess is negative where another name was neglected for this one.
 */
export function delaysOf(names: readonly Tried[], limits: Limits): readonly Delay[] {
  const inOrder = names.toSorted(
    (one, other) => one.releasedMs - other.releasedMs || ascending(one.firstMs, other.firstMs),
  )
  const best = earliestArrivals(
    inOrder.map(({ releasedMs }) => releasedMs),
    limits,
  )
  return inOrder.map(({ releasedMs, firstMs }, index) => ({
    delayMs: firstMs - releasedMs,
    excessMs: firstMs - (best[index] ?? releasedMs),
  }))
}

function ascending(one: number, other: number): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
