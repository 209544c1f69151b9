/**
 * What the contract of one account says otherwise than its registry's profile; what is left out is as the profile has it. Each is
 * explained at `AccountLimits` of `packages/epp`.
 */
export type ContractLimits = {
  readonly sessionsMax?: number
  readonly commandsPerSecondMax?: number
  readonly commandsPerMinuteMax?: number
  readonly idleSecondsMax?: number
  /** The registry ends a session at this age, or after so many commands. */
  readonly sessionLifeSecondsMax?: number
  readonly sessionCommandsMax?: number
  readonly sessionGapMs?: number
  readonly nameGapMs?: number
  readonly loginPauseMs?: number
  readonly errorPauseMs?: number
  readonly failedCreatesPerDayMax?: number
  readonly checksCountAsFailed?: boolean
  readonly transitMsMax?: number
  /** Commands in flight on one session. */
  readonly commandsInFlightMax?: number
}

/** The least of each that means something; gaps and pauses can be none. */
const LEAST = {
  sessionsMax: 1,
  commandsPerSecondMax: 1,
  commandsPerMinuteMax: 1,
  idleSecondsMax: 1,
  sessionLifeSecondsMax: 1,
  sessionCommandsMax: 3,
  sessionGapMs: 0,
  nameGapMs: 0,
  loginPauseMs: 0,
  errorPauseMs: 0,
  failedCreatesPerDayMax: 1,
  transitMsMax: 1,
  commandsInFlightMax: 1,
} as const satisfies Record<Exclude<keyof ContractLimits, 'checksCountAsFailed'>, number>

/** More than a column holds, and than any registry allows. */
const MOST = 2_147_483_647

/** What makes no sense of the limits, in words for an operator; undefined when nothing. */
export function findWrongLimit(limits: ContractLimits): string | undefined {
  for (const [key, least] of Object.entries(LEAST)) {
    const value = limits[key as keyof typeof LEAST]
    if (value === undefined) continue
    if (!Number.isInteger(value) || value < least || value > MOST)
      return `${key} is a whole number of at least ${least}, not ${value}`
  }
  return undefined
}
