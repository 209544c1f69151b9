/** What a registry does, with an hour in a minute. */
type Scenario = {
  readonly release: 'daily' | 'exact'
  /** How late the first name is, and how much later the last one. Milliseconds. */
  readonly lateMs: number
  readonly growMs: number
  /** The batch is announced and does not take place; the next one does. */
  readonly skips: boolean
  /** The registry's clock minus the machine's; not compressed. */
  readonly clockSkewMs: number
}

const onTime: Scenario = { release: 'daily', lateMs: 0, growMs: 0, skips: false, clockSkewMs: 0 }

export const scenarios = {
  batch_25_min_late: { ...onTime, lateMs: 25_000 },
  batch_drifts_40_min: { ...onTime, growMs: 40_000 },
  exact_25_min_late: { ...onTime, release: 'exact', lateMs: 25_000 },
  exact_drifts_40_min: { ...onTime, release: 'exact', growMs: 40_000 },
  day_skipped: { ...onTime, skips: true },
  clock_3_s_off: { ...onTime, release: 'exact', clockSkewMs: 3_000 },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

/** A registry of its own, with one zone that is called like it. */
export type Run = {
  readonly id: string
  readonly scenario: ScenarioName
  /** Submission windows may follow what drops show. */
  readonly follows: boolean
}

export const runs: readonly Run[] = (Object.keys(scenarios) as ScenarioName[]).flatMap((scenario, index) => [
  { id: `follows${index}`, scenario, follows: true },
  { id: `fixed${index}`, scenario, follows: false },
])
