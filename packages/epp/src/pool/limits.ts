/** A registry account's contract with its registry: operator data, never exceeded. */
export type AccountLimits = {
  readonly sessionsMax: number
  /** All sessions together, every command: login, hello and logout count. */
  readonly commandsPerSecondMax: number
  /** A session that says nothing for this long is ended by the registry. */
  readonly idleMsMax: number
  /** Least time between two commands on one session (.nz: 1000). */
  readonly sessionGapMs?: number
  /** Least time between two commands about one name (.co: 1000). */
  readonly nameGapMs?: number
  /** Creates that did not succeed, in any 24 hours. */
  readonly failedCreatesPerDayMax?: number
  /**
   * The longest time from handing a command to the socket until the registry counts it. Within it nothing is assumed;
   * raise it for far or unsteady registries. Costs throughput only while answers take longer than this.
   */
  readonly transitMsMax?: number
  /** Commands in flight on one session; 1 unless the registry is known to answer in order. */
  readonly windowMax?: number
}

/** A quarter of a second from anywhere to anywhere, one lost packet included on most paths. */
export const TRANSIT_MS_MAX = 250

/** What a predecessor on this account may still have running; a successor counts it as its own. */
export type Inherited = {
  /** When creates failed within the last 24 hours. */
  readonly failedCreatesAt?: readonly Date[]
  /** Another process may have sent at the full rate until now: the first command then waits it out. */
  readonly rateInUse?: boolean
  /** Sessions nobody has seen closing, and how long the registry may keep them. */
  readonly sessions?: number
  readonly sessionsForMs?: number
}
