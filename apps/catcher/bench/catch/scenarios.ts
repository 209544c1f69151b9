/** What drops, and who wants it. */
type Names = {
  /** Wanted by us and by every rival: of these the share of wins is counted. */
  readonly contested: number
  /** For each of us and the rivals: wanted by nobody else. */
  readonly alone: number
  /** In the list, wanted by nobody. */
  readonly nobodys: number
}

export type RivalKind = 'loop' | 'ordered' | 'timed'

/** How names are released, and against whom they are caught. Each is drawn anew by the seed of a round. */
export type Scenario = {
  readonly release: 'exact' | 'daily' | 'random'
  readonly names: Names
  /** From one name to the next. Milliseconds; 0: all at once. */
  readonly paceMs: number
  readonly jitterMs: number
  /** A batch starts up to this much before or after the announced time. Milliseconds. */
  readonly startEarlyMs: number
  readonly startLateMs: number
  /** `drawn`: in an order that nothing shows. */
  readonly order: 'update' | 'drawn'
  /** Rivals loop over their names; or know the order of release; or also send when it is worth most, and not at an even pace. */
  readonly rivals: RivalKind
  /** The error of the time in the registry's greeting, and whether it has whole seconds only. */
  readonly greetingOffMs: number
  readonly greetingInSeconds: boolean
  /** What is aimed at: how many times the fair share, and whether the first create is to be within a round trip of the optimum. */
  readonly fairRatioMin?: number
  readonly isExact?: boolean
  /** It runs only when it is named. */
  readonly isExtra?: boolean
}

const plain = {
  jitterMs: 0,
  startEarlyMs: 0,
  startLateMs: 0,
  order: 'update',
  rivals: 'loop',
  greetingOffMs: 0,
  greetingInSeconds: false,
} as const

const exact = { ...plain, release: 'exact', isExact: true } as const
const batch = { ...plain, release: 'daily', startEarlyMs: 1_000, startLateMs: 5_000 } as const
const slowBatch = { ...batch, names: { contested: 36, alone: 3, nobodys: 24 }, paceMs: 300 } as const
const fastBatch = {
  ...batch,
  names: { contested: 90, alone: 6, nobodys: 86 },
  paceMs: 45,
  jitterMs: 20,
} as const
const everySecond10 = { ...exact, names: { contested: 60, alone: 5, nobodys: 0 }, paceMs: 100 } as const

/** The registry's clock is off by this in all scenarios; a catcher measures it by `hello`. Milliseconds. */
export const CLOCK_SKEW_MS = 1_700

export const scenarios = {
  exact_100ms: everySecond10,
  exact_at_once: { ...exact, names: { contested: 40, alone: 4, nobodys: 0 }, paceMs: 0 },
  exact_single: { ...exact, names: { contested: 10, alone: 1, nobodys: 0 }, paceMs: 1_300 },
  exact_clock_off: { ...everySecond10, greetingOffMs: 15 },
  exact_clock_seconds: { ...everySecond10, greetingInSeconds: true },
  batch_300ms: { ...slowBatch, fairRatioMin: 2.5 },
  batch_45ms: { ...fastBatch, fairRatioMin: 2.5 },
  batch_300ms_ordered_rivals: { ...slowBatch, rivals: 'ordered', fairRatioMin: 0.9 },
  batch_45ms_ordered_rivals: { ...fastBatch, rivals: 'ordered', fairRatioMin: 0.9 },
  batch_300ms_timed_rivals: { ...slowBatch, rivals: 'timed', isExtra: true },
  batch_45ms_timed_rivals: { ...fastBatch, rivals: 'timed', isExtra: true },
  batch_random_order: { ...fastBatch, order: 'drawn', fairRatioMin: 1 },
  random_in_window: {
    ...plain,
    release: 'random',
    names: { contested: 60, alone: 4, nobodys: 20 },
    paceMs: 150,
    fairRatioMin: 1,
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

export const usualNames = scenarioNames.filter((name) => !('isExtra' in scenarios[name]))

export function isScenarioName(text: string): text is ScenarioName {
  return Object.hasOwn(scenarios, text)
}

export const RIVALS = ['rival-a', 'rival-b', 'rival-c'] as const
export const US = 'droplock'
export const LIMITS = { sessionsMax: 4, commandsPerSecondMax: 40 } as const

/** From the first release that is announced to the last one that is possible. Milliseconds. */
export function lastsMs({ names, paceMs, startLateMs, jitterMs }: Scenario): number {
  const count = names.contested + names.alone * (RIVALS.length + 1) + names.nobodys
  return startLateMs + count * (paceMs + jitterMs / 4)
}
