import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startClusterEnvironment } from '../cluster/environment.ts'
import { bringAbout, type ClusterFault } from '../cluster/faults.ts'
import { measureStandstill } from '../cluster/measure-standstill.ts'
import type { Cluster } from '../cluster/start-cluster.ts'
import { type Environment, type EnvironmentPlan, startEnvironment } from '../environment/environment.ts'
import { type AppPlan, listFolder, type PlannedRegistry } from '../environment/specs.ts'
import type { Output } from '../launch/output.ts'
import type { ZoneTiming } from '../seed/zones.ts'
import {
  linesOf,
  listOf,
  namesOf,
  namesOfTomorrow,
  ordinaryList,
  type PlannedName,
  publishList,
  zones,
} from './lists.ts'
import { stallSettling } from './stall-settling.ts'

/** A started scenario: its apps and the names that are its own. */
export type Started = AsyncDisposable & {
  readonly environment: Environment
  readonly names: readonly {
    readonly name: string
    readonly cutoffAtMs: number
    readonly dropFromMs: number
  }[]
  /** A list that is ready, and where it is to be put when it goes live. */
  readonly list?: { readonly from: string; readonly to: string }
  /** Where names drop. */
  readonly registryId?: string
  /** What the side-car reads again and again. */
  readonly probe?: string
  /** Looks, once the script has ended, at what it could not see, and says it. False: something is broken. */
  readonly judge?: () => Promise<boolean>
}

/** What a run of a scenario is asked for. */
export type RunRule = {
  /** Requests a second that are due; of a burst, names that drop. */
  readonly perSecond: number
  /** Names that the scenario has to itself. */
  readonly names: number
  readonly seconds: number
  readonly accounts: number
  /** Streams of events that are held open. */
  readonly streams: number
  /** A deliberate fault: for so long from the first drop on, nothing can be settled. 0 for none. */
  readonly stallMs: number
  /** Runs on a cluster instead of one server and one process of each app; `none`: without a fault. */
  readonly cluster: ClusterFault | 'none' | undefined
}

type Start = (rule: RunRule, output: Output, stop: AbortSignal) => Promise<Started>

/** A scenario: what it is when nothing is asked for, and what starts everything that its script needs. */
type Scenario = {
  readonly defaults: Pick<RunRule, 'perSecond' | 'seconds' | 'accounts' | 'streams'>
  readonly namesOf: (perSecond: number, seconds: number) => number
  /** Of one that lasts as long as its names take. */
  readonly secondsOf?: (perSecond: number, names: number) => number
  readonly start: Start
}

/** Claims on each name of `cutoff`, as its script has them. */
const CLAIMS_AROUND_CUTOFF = 8
/** Of the requests of a day, the share that claims a new name, and the orders that are placed before. */
const CLAIM_SHARE = 0.04
const ORDERS_BEFORE = 100

const namesOfDay = (perSecond: number, seconds: number) =>
  ORDERS_BEFORE + Math.ceil(CLAIM_SHARE * perSecond * seconds) + 1

const all = {
  publication: {
    defaults: { perSecond: 200, seconds: 30, accounts: 30, streams: 0 },
    namesOf: () => 2_000,
    start: startPublication,
  },
  cutoff: {
    defaults: { perSecond: 60, seconds: 30, accounts: 30, streams: 0 },
    namesOf: (perSecond, seconds) => Math.max(3, Math.floor((perSecond * seconds) / CLAIMS_AROUND_CUTOFF)),
    secondsOf: (perSecond, names) => Math.ceil((CLAIMS_AROUND_CUTOFF * names) / perSecond),
    start: startCutoff,
  },
  'drop-burst': {
    defaults: { perSecond: 25, seconds: 80, accounts: 30, streams: 60 },
    namesOf: (perSecond, seconds) => perSecond * seconds,
    secondsOf: (perSecond, names) => Math.ceil(names / perSecond),
    start: startBurst,
  },
  steady: {
    defaults: { perSecond: 400, seconds: 60, accounts: 30, streams: 60 },
    namesOf: namesOfDay,
    start: (rule, output, stop) => startDay({}, rule, output, stop),
  },
  soak: {
    defaults: { perSecond: 100, seconds: 600, accounts: 30, streams: 60 },
    namesOf: namesOfDay,
    start: (rule, output, stop) => startDay({ 'registry-sim': {}, catcher: {} }, rule, output, stop),
  },
} as const satisfies Record<string, Scenario>
export type ScenarioName = keyof typeof all
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = all

/** Names of other days, enough to be searched. */
const ORDINARY_COUNT = 3_000
const REGISTRY = 'loadtest'

/** All connections of a load generator come from one address. */
const gatewayEnv = { CONNECTIONS_MAX: '20000', CONNECTIONS_PER_SOURCE_MAX: '20000' }

const planOf = (registry: Omit<PlannedRegistry, 'id' | 'zones'>, apps: AppPlan): EnvironmentPlan => ({
  name: 'loadtest',
  firstPort: 18_800,
  durable: true,
  registries: [{ id: REGISTRY, zones, ...registry }],
  apps: { gateway: gatewayEnv, 'console-api': {}, worker: {}, ...apps },
})

/** Limits of a registry at which nothing drops during the run. */
const idle = { sessionsMax: 1, commandsPerSecondMax: 10 }
const CUTOFF_LEAD_SECONDS = 600
const farTiming: ZoneTiming = {
  cutoffLeadSeconds: CUTOFF_LEAD_SECONDS,
  dropLastsSeconds: 60,
  earlySeconds: 0,
  lateSeconds: 0,
  graceSeconds: 0,
}

/** The list is noticed at once: what is measured is how long it takes to publish, not how seldom its folder is read. */
const eagerWorker = { DROPLOCK_IDLE_MS: '500' }

/** Names of other days, and a list that is ready to go live. */
async function startPublication({ names: count }: RunRule, output: Output, stop: AbortSignal) {
  const plan = planOf({ ...idle, timing: farTiming }, { worker: eagerWorker })
  const environment = await startEnvironment(plan, output, stop)
  await publishList(environment.ctx, REGISTRY, ordinaryList(new Date(), ORDINARY_COUNT))
  const names = namesOfTomorrow('live', count)
  const from = join(environment.folder, 'live.csv')
  await writeFile(from, listOf(names))
  const to = join(listFolder(environment.folder, REGISTRY), '001_domain-drop-list.csv')
  return { ...started(environment, names, farTiming), list: { from, to } }
}

/** A machine that starts slowly is slow with all that follows. */
const SHARE_OF_START = 0.5

/** The first names close when the apps have started and the lists are published. Milliseconds. */
const READY_MS_MIN = 6_000
const READY_MS_PER_ACCOUNT = 100
const PUBLISH_MS_PER_NAME = 3

/** Names that close one after the other, as fast as their claims come. */
async function startCutoff(rule: RunRule, output: Output, stop: AbortSignal) {
  const { names: count, perSecond, accounts } = rule
  const fromMs = performance.now()
  const environment = await startEnvironment(planOf({ ...idle, timing: farTiming }, {}), output, stop)
  const closesAtMs =
    Date.now() +
    READY_MS_MIN +
    READY_MS_PER_ACCOUNT * accounts +
    PUBLISH_MS_PER_NAME * count +
    SHARE_OF_START * (performance.now() - fromMs)
  const firstAt = new Date(closesAtMs + 1_000 * CUTOFF_LEAD_SECONDS)
  const names = namesOf('close', count, firstAt, perSecond / CLAIMS_AROUND_CUTOFF)
  await publishList(environment.ctx, REGISTRY, listOf(names))
  return started(environment, names, farTiming)
}

/**
 * Limits of our account, which the simulator enforces. A name takes some five commands: `info` before, creates, `info` after;
 * the reserve is as much again.
 */
const COMMANDS_PER_NAME = 10
const COMMANDS_PER_SECOND_MIN = 100
const COMMANDS_PER_SESSION = 40
/** Every name is decided at once; the long window is for a machine that stalls, which would miss names and so measure something else. */
const burstTiming = {
  cutoffLeadSeconds: 3,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  lateSeconds: 10,
  graceSeconds: 5,
}

/**
 * Of names that drop while a cluster fails over: their window is longer than that takes, and they close for orders as long before as a catcher
 * needs that has them ready ten seconds ahead, as in operation.
 */
const clusterTiming = { ...burstTiming, cutoffLeadSeconds: 15, lateSeconds: 60, graceSeconds: 10 }
const clusterCatcher = { DROPLOCK_FIRE_LEAD_MS: '10000', DROPLOCK_PREPARE_LEAD_MS: '12000' }

/** Orders have so long before the first of them closes: a part that is always there, and one for each name. */
const ORDER_MS_MIN = 8_000
const ORDER_MS_PER_NAME = 20

/** Everything that a drop takes, and the names that drop; orders are open until shortly before. */
async function startBurst(rule: RunRule, output: Output, stop: AbortSignal) {
  const fromMs = performance.now()
  const commandsPerSecondMax = Math.max(COMMANDS_PER_SECOND_MIN, COMMANDS_PER_NAME * rule.perSecond)
  const timing = rule.cluster === undefined ? burstTiming : clusterTiming
  const registry = {
    sessionsMax: Math.ceil(commandsPerSecondMax / COMMANDS_PER_SESSION),
    commandsPerSecondMax,
    timing,
  }
  const plan = planOf(registry, {
    'registry-sim': {},
    catcher: rule.cluster === undefined ? {} : clusterCatcher,
  })
  const onCluster = rule.cluster && (await startClusterEnvironment(plan, output, stop))
  const environment = onCluster ?? (await startEnvironment(plan, output, stop))
  const firstAt = new Date(
    Date.now() +
      timing.cutoffLeadSeconds * 1_000 +
      ORDER_MS_MIN +
      READY_MS_PER_ACCOUNT * rule.accounts +
      ORDER_MS_PER_NAME * rule.names +
      SHARE_OF_START * (performance.now() - fromMs),
  )
  const names = namesOf('burst', rule.names, firstAt, rule.perSecond)
  await publishList(environment.ctx, REGISTRY, ordinaryList(new Date(), ORDINARY_COUNT) + linesOf(names))
  const endStall = rule.stallMs === 0 ? undefined : stall(environment, rule.stallMs, firstAt, output, stop)
  const ended = new AbortController()
  const end = async () => {
    ended.abort()
    await endStall?.()
  }
  const burst = { ...started(environment, names, timing, end), registryId: REGISTRY }
  if (onCluster === undefined) return burst
  const middle = new Date(firstAt.getTime() + (1_000 * rule.seconds) / 2)
  const signal = AbortSignal.any([stop, ended.signal])
  const over = failMidway(onCluster.cluster, rule.cluster, middle, output, signal)
  return {
    ...burst,
    judge: async () =>
      measureStandstill({ environment, registryId: REGISTRY, names, fault: await over }, output),
  }
}

/** Brings a fault about in the middle of the drop. Resolves with when it began; rejects where it could not be brought about. */
function failMidway(
  cluster: Cluster,
  fault: RunRule['cluster'],
  at: Date,
  { say }: Output,
  stop: AbortSignal,
): Promise<Date> {
  const failing = async () => {
    await wait(Math.max(0, at.getTime() - Date.now()), undefined, { signal: stop })
    if (fault === undefined || fault === 'none') return at
    say(`a fault: ${fault}`)
    const from = new Date()
    await bringAbout(fault, cluster, stop)
    say(`the cluster is whole again after ${Date.now() - from.getTime()} ms`)
    return from
  }
  const failed = failing()
  failed.catch(() => undefined)
  return failed
}

/** The apps of a day in which nothing drops, and the names that are claimed in it. */
async function startDay(apps: AppPlan, { names: count }: RunRule, output: Output, stop: AbortSignal) {
  const environment = await startEnvironment(planOf({ ...idle, timing: farTiming }, apps), output, stop)
  const names = namesOfTomorrow('day', count)
  await publishList(environment.ctx, REGISTRY, ordinaryList(new Date(), ORDINARY_COUNT) + linesOf(names))
  return { ...started(environment, names, farTiming), probe: `/v1/listings/${names[0]?.name}` }
}

function started(
  environment: Environment,
  names: readonly PlannedName[],
  { cutoffLeadSeconds, earlySeconds }: ZoneTiming,
  end: () => Promise<void> = async () => undefined,
): Started {
  return {
    environment,
    names: names.map(({ name, dropAt }) => {
      const dropFromMs = dropAt.getTime() - 1_000 * earlySeconds
      return { name, cutoffAtMs: dropFromMs - 1_000 * cutoffLeadSeconds, dropFromMs }
    }),
    [Symbol.asyncDispose]: async () => {
      await end()
      await environment[Symbol.asyncDispose]()
    },
  }
}

/** Injects the fault. Returns what ends it. */
function stall(
  { databaseUrl }: Environment,
  stallMs: number,
  firstAt: Date,
  { say }: Output,
  stop: AbortSignal,
): () => Promise<void> {
  say(`a fault: nothing is settled for ${stallMs} ms from the first drop on`)
  const ended = new AbortController()
  const stalled = stallSettling(databaseUrl, firstAt, stallMs, AbortSignal.any([stop, ended.signal]))
  // A fault that fails shows as a run that passes, so the reason is said.
  stalled.catch((error: unknown) => say(`the fault failed: ${String(error)}`))
  return async () => {
    ended.abort()
    await stalled.catch(() => undefined)
  }
}
