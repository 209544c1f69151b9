/** A registry account's contract with its registry: operator data, never exceeded. */
export type AccountLimits = {
  readonly sessionsMax: number
  /** All sessions together, every command: login, hello and logout count. */
  readonly commandsPerSecondMax: number
  /** The same in any minute, where the registry counts by minutes (.ee: 100). */
  readonly commandsPerMinuteMax?: number
  /** A session that says nothing for this long is ended by the registry. */
  readonly idleMsMax: number
  /** How long a session may be silent before we say hello; half of `idleMsMax` when absent. */
  readonly helloAfterMs?: number
  readonly life?: SessionLife
  /** Least time between two commands on one session (.nz: 1000). */
  readonly sessionGapMs?: number
  /** That gap is after what changes something alone; what only asks is followed at once. */
  readonly sessionGapAfter?: 'transforms'
  /** Least time between two commands about one object (.co: 1000). */
  readonly nameGapMs?: number
  /** Least time from the answer to the login to the session's first command (.fr: 2000). */
  readonly loginPauseMs?: number
  /** Least time from an error's answer to the session's next command (.ee: 1000). */
  readonly errorPauseMs?: number
  /** Creates that did not succeed, in any 24 hours. */
  readonly failedCreatesPerDayMax?: number
  /** Whether each name that is checked counts as a failed create (.uk). */
  readonly checksCountAsFailed?: boolean
  /**
   * The longest time from handing a command to the socket until the registry counts it. Within it nothing is assumed;
   * raise it for far or unsteady registries. Costs throughput only while answers take longer than this.
   */
  readonly transitMsMax?: number
  /** Commands in flight on one session; 1 unless the registry is known to answer in order. */
  readonly windowMax?: number
}

/** When a registry ends a session by itself, and when we replace it before that, one session at a time. */
export type SessionLife = {
  readonly endsAfterMs?: number
  readonly replaceAfterMs?: number
  /** Every command counts, the login among them. */
  readonly endsAfterCommands?: number
  readonly replaceAfterCommands?: number
}

/** A quarter of a second from anywhere to anywhere, one lost packet included on most paths. */
export const TRANSIT_MS_MAX = 250

/** What a predecessor on this account may still have running; a successor counts it as its own. */
export type Inherited = {
  /** Another process may have sent at the full rate until now: the first command then waits it out. */
  readonly rateInUse?: boolean
  /** Sessions nobody has seen closing, and how long the registry may keep them. */
  readonly sessions?: number
  readonly sessionsForMs?: number
}
