import type { Zone } from '@droplock/core/registries/define'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import type { Release } from '@droplock/rules/schedule/release'
import { between, pick, type Random, stream } from '../../../../registry-sim/src/random.ts'
import type { FaultOrder } from '../../../../registry-sim/src/registry/faults.ts'
import type { NameSpec } from '../../../../registry-sim/src/registry/load-names.ts'
import type { RegistryOptions } from '../../../../registry-sim/src/registry/settings.ts'

/** When every simulation begins. */
export const START_MS = Date.parse('2026-11-24T02:00:00Z')

/** Until then the world is faulty; afterwards everything has to be decided. Milliseconds from the start. */
export const FAULTY_MS = 75_000

/** The first names are released then; orders close `CUTOFF_LEAD_SECONDS` before. */
export const DROP_MS = 30_000
const CUTOFF_LEAD_SECONDS = 20
const ZONE = 'test'

/** Something that happens to the world at a moment of the simulation. Milliseconds from the start. */
export type Event = { readonly atMs: number } & (
  | { readonly kind: 'killed'; readonly process: string; readonly forMs: number; readonly losesDisk: boolean }
  | { readonly kind: 'frozen'; readonly process: string; readonly forMs: number }
  | { readonly kind: 'clock_stepped'; readonly process: string; readonly byMs: number }
  | { readonly kind: 'disk_full'; readonly process: string; readonly forMs: number }
  | { readonly kind: 'database_away'; readonly forMs: number }
  | { readonly kind: 'registry_away'; readonly forMs: number }
  | { readonly kind: 'lines_reset' }
  | { readonly kind: 'line_cut' }
  | { readonly kind: 'registry_stopped'; readonly forMs: number }
  | { readonly kind: 'drop_moved'; readonly byMs: number }
)

export type EventKind = Event['kind']

/** Everything that a seed decides beforehand. What is drawn later is drawn from streams of the same seed. */
export type Scenario = {
  readonly seed: number
  readonly kind: Kind
  readonly registry: Partial<RegistryOptions>
  readonly profile: RegistryProfileId
  readonly limits: ContractLimits
  readonly zone: Zone
  readonly names: readonly NameSpec[]
  readonly events: readonly Event[]
  readonly answerFaults: readonly FaultOrder[]
  /** Of each statement. */
  readonly databaseFaults: { readonly lost: number; readonly deadlock: number; readonly slow: number }
  /** The longest way of a frame. Milliseconds. */
  readonly wayMsMax: number
  /** How far the machines' wall clocks are off from the beginning. */
  readonly clockErrorsMs: readonly number[]
}

/** The catchers' machines. */
export const MACHINES = ['catcher-1', 'catcher-2'] as const
const PROCESSES = [...MACHINES, ...MACHINES, 'worker'] as const

const kinds = {
  exact: { profile: 'generic', release: 'exact_instant', registry: { release: 'exact' } },
  random: {
    profile: 'generic',
    release: 'random_in_window',
    registry: { release: 'random', releaseWithinMs: 15_000 },
  },
  batch: {
    profile: 'generic',
    release: 'daily_batch',
    registry: { release: 'daily', pace: { paceMs: 400 } },
  },
  budget: {
    profile: 'generic',
    release: 'random_in_window',
    registry: { release: 'random', releaseWithinMs: 15_000 },
  },
  applications: {
    profile: 'dropzone-like',
    release: 'applications',
    registry: { profile: 'dropzone-like', release: 'exact', dropzone: { periodMs: 20_000 } },
  },
} as const satisfies Record<
  string,
  {
    readonly profile: RegistryProfileId
    readonly release: Release
    readonly registry: Partial<RegistryOptions>
  }
>

export type Kind = keyof typeof kinds

const FAILED_CREATES_MAX = 25

export function drawScenario(seed: number): Scenario {
  const random = stream(seed, 'scenario')
  const kind = pick(random, Object.keys(kinds) as Kind[]) ?? 'exact'
  const { profile, release, registry } = kinds[kind]
  const budget = kind === 'budget' ? { failedCreatesPerDayMax: FAILED_CREATES_MAX } : {}
  const limits = {
    sessionsMax: between(random, kind === 'applications' ? 2 : 1, 3),
    commandsPerSecondMax: between(random, 4, 12),
    ...budget,
  }
  const harm = random()
  return {
    seed,
    kind,
    registry: { zones: [ZONE], rivals: [], ownShare: 0.2, limits, ...registry },
    profile,
    limits,
    zone: zoneOf(release),
    names: drawNames(random, kind),
    events: drawEvents(random),
    answerFaults: drawAnswerFaults(random, harm),
    databaseFaults: { lost: 0.06 * harm, deadlock: 0.06 * harm, slow: 0.15 * harm },
    wayMsMax: pick(random, [5, 40, 240]) ?? 5,
    clockErrorsMs: MACHINES.map(() => between(random, -5_000, 5_000)),
  }
}

function zoneOf(release: Release): Zone {
  return {
    name: ZONE,
    standardFeeMinor: 800n,
    feeCurrency: 'USD',
    mayHavePremium: true,
    cutoffLeadSeconds: CUTOFF_LEAD_SECONDS,
    dropTimeZone: 'UTC',
    dropStartsAt: '02:00:30',
    dropLastsSeconds: 20,
    earlySeconds: 0,
    lateSeconds: release === 'exact_instant' ? 5 : 20,
    graceSeconds: 20,
    graceFullSeconds: 10,
    graceProbeSeconds: 5,
    driftEarlierSecondsMax: 0,
    driftLaterSecondsMax: 0,
    release,
    prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }],
    renewalPrices: [{ currency: 'USD', perYearMinor: 1_500n }],
  }
}

function drawNames(random: Random, kind: Kind): readonly NameSpec[] {
  return Array.from({ length: between(random, 3, 8) }, (_, index) => {
    const purgeAtMs = START_MS + DROP_MS + 1_000 * between(random, 0, 8)
    const drawn = random()
    const nameKind =
      drawn < 0.7
        ? 'normal'
        : (pick(random, ['premium', 'withdrawn', 'unreleased', 'refused'] as const) ?? 'normal')
    const isContested = random() < 0.5
    return {
      name: `name-${index}.${ZONE}`,
      kind: nameKind,
      rivals: isContested ? [{ clid: 'rival-a', delayMs: between(random, 1, 3_000) }] : [],
      ...(kind === 'batch' ? {} : { purgeAtMs }),
    }
  })
}

function drawEvents(random: Random): readonly Event[] {
  const at = () => between(random, 2_000, FAULTY_MS - 15_000)
  const aroundDrop = () => DROP_MS + between(random, -6_000, 14_000)
  const process = () => pick(random, PROCESSES) ?? 'worker'
  const catcher = () => pick(random, MACHINES) ?? 'catcher-1'
  const forMs = (max: number) => Math.round(max * random() ** 2)
  const draws: readonly (readonly [number, () => Event])[] = [
    [
      4,
      () => ({
        kind: 'killed',
        process: process(),
        atMs: aroundDrop(),
        forMs: 300 + forMs(12_000),
        losesDisk: random() < 0.3,
      }),
    ],
    [2, () => ({ kind: 'frozen', process: process(), atMs: aroundDrop(), forMs: 100 + forMs(12_000) })],
    [
      2,
      () => ({
        kind: 'clock_stepped',
        process: catcher(),
        atMs: at(),
        byMs: between(random, -60_000, 60_000),
      }),
    ],
    [1, () => ({ kind: 'disk_full', process: catcher(), atMs: at(), forMs: forMs(20_000) })],
    [2, () => ({ kind: 'database_away', atMs: aroundDrop(), forMs: 100 + forMs(8_000) })],
    [2, () => ({ kind: 'registry_away', atMs: at(), forMs: 100 + forMs(5_000) })],
    [3, () => ({ kind: 'lines_reset', atMs: aroundDrop() })],
    [2, () => ({ kind: 'line_cut', atMs: aroundDrop() })],
    [
      1,
      () => ({
        kind: 'registry_stopped',
        atMs: between(random, 2_000, DROP_MS - 2_000),
        forMs: 1_000 + forMs(15_000),
      }),
    ],
    [1, () => ({ kind: 'drop_moved', atMs: aroundDrop(), byMs: 1_000 * between(random, 5, 20) })],
  ]
  const total = draws.reduce((sum, [weight]) => sum + weight, 0)
  const events = Array.from({ length: between(random, 3, 12) }, () => {
    let draw = random() * total
    const [, make] = draws.find(([weight]) => (draw -= weight) < 0) ?? draws[0] ?? []
    return make?.() ?? { kind: 'lines_reset', atMs: at() }
  }) as Event[]
  return events.toSorted((one, other) => one.atMs - other.atMs)
}

/** Of the simulated registry's own faults, those that an answer can have. */
const answerFaultKinds = [
  'cut_before_commit',
  'stall_before_commit',
  'failed',
  'cut_after_commit',
  'stall_after_commit',
  'failed_after_commit',
  'half_close_after_commit',
  'slow',
  'split_frame',
  'single_octets',
  'wrong_length',
  'reset_in_frame',
  'missing_cltrid',
  'invented_cltrid',
] as const

function drawAnswerFaults(random: Random, harm: number): readonly FaultOrder[] {
  return answerFaultKinds
    .filter(() => random() < 0.4)
    .map((kind) => ({
      kind,
      on: random() < 0.5 ? 'commit' : 'any',
      commands: ['create', 'info', 'check', 'poll'],
      probability: (kind.includes('_commit') ? 0.4 : 0.2) * harm * random(),
      ...(kind === 'slow' && { delayMs: between(random, 50, 3_000) }),
      ...(kind === 'wrong_length' && { lengthOff: 3 }),
    }))
}
