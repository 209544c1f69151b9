import { rateOf } from '@droplock/core/bench/support/measure'
import { readInvariants } from '@droplock/core/invariants'
import { Client } from 'pg'
import {
  type Environment,
  type EnvironmentPlan,
  startEnvironment,
} from '../../src/environment/environment.ts'
import { ourClid } from '../../src/environment/registries.ts'
import { type DropPlan, type Simulator, simulatorAt } from '../../src/environment/simulator.ts'
import type { Output } from '../../src/launch/output.ts'
import { linesOf, namesOf, ordinaryList, publishList, zones } from '../../src/loadtest/lists.ts'
import { freePort } from '../../src/processes/port.ts'
import { holdsWithin } from '../../src/processes/wait-until.ts'
import { type Reseller, startReseller, type Way } from './reseller.ts'
import { type LoadResult, steadyLoad } from './steady-load.ts'
import { readDatabaseUsage, readMachineCpuSeconds, readOwnUsage, readUsage, type Usage } from './usage.ts'

// A drop day over processes: gateway, console API, worker, catcher, simulator and PostgreSQL. Resellers order names, which their registry
// releases one after the other, half of them contested; they follow their results by stream and by webhook, and others read at a steady
// rate meanwhile.

export type DropDay = {
  readonly names: number
  /** Within which they are released. */
  readonly seconds: number
  readonly readsPerSecond: number
  /** From the last order until the first release. */
  readonly cutoffSeconds: number
  /** Whether the database syncs its commits, as a real one does. */
  readonly durable: boolean
}

/** From the registry's answer that decided a name, by the evidence, until each way of seeing its result. Seconds; Infinity where it is not seen. */
export type Delays = Readonly<Record<'settled' | Way, readonly number[]>>

/** What everything has used until one moment. */
type Reading = {
  readonly atMs: number
  readonly processes: ReadonlyMap<string, Usage>
  readonly machineCpuSeconds: number
}

export type DropDayResult = {
  readonly ordersPerSecond: number
  readonly reads: LoadResult
  /** Before the first release, after the last one, and when everything was notified. */
  readonly readings: { readonly before: Reading; readonly released: Reading; readonly after: Reading }
  readonly delays: Delays
  readonly decided: number
  readonly caught: number
  /** Orders whose result is not what the registry did. */
  readonly wrong: number
  readonly limitViolations: number
  readonly brokenInvariants: readonly string[]
  /** How many results were notified, and how many of them more than once. */
  readonly notified: Readonly<Record<Way, { readonly results: number; readonly repeated: number }>>
}

const REGISTRY = 'dropday'
/** To order all names before the first of them closes: a part that is always there, and one for each name. */
const ORDER_MS_MIN = 20_000
const ORDER_MS_PER_NAME = 16
const ORDERS_AT_ONCE = 16
/** After the last drop: its window, its grace, and what is late. */
const DECIDED_MS_MAX = 180_000
/** Names that are found by the searches of the steady load. */
const OTHER_NAMES = 2_000
const WAYS = ['stream', 'webhook'] as const

const FIRST_PORT = 19_200
/** The ports of an environment are below. */
const FIRST_METRICS_PORT = FIRST_PORT + 92
const monitored = {
  gateway: 'METRICS',
  'console-api': 'METRICS',
  worker: 'HEALTH',
  catcher: 'HEALTH',
} as const
type Monitored = keyof typeof monitored
const monitoredApps = Object.keys(monitored) as readonly Monitored[]
type Ports = ReadonlyMap<Monitored, number>

/** As the worker is set in operation; other environments have a compressed clock. */
const usualSweeps = {
  DROPLOCK_FEED_POLL_MS: '60000',
  DROPLOCK_SWEEP_OPEN_MS: '1000',
  DROPLOCK_SWEEP_CLOSE_MS: '250',
  DROPLOCK_SWEEP_UNSOLD_MS: '1000',
  DROPLOCK_PROVIDER_EVENTS_MS: '250',
  DROPLOCK_REFUNDS_MS: '1000',
  DROPLOCK_CONTACTS_MS: '5000',
}

/** Runs a drop day and takes everything down. Rejects when `stop` aborts, or a process does not start. */
export async function runDropDay(day: DropDay, output: Output, stop: AbortSignal): Promise<DropDayResult> {
  const ports = await takePorts()
  await using cleanup = new AsyncDisposableStack()
  const environment = cleanup.use(await startEnvironment(planOf(day, ports), output, stop))
  const database = new Client({ connectionString: environment.databaseUrl })
  await database.connect()
  cleanup.defer(() => database.end())
  await database.query('update account set claims_per_minute_max = 1000000, reads_per_minute_max = 1000000')
  const simulator = simulatorAt(environment.urlOf('registry-sim'))
  const drops = await publish(day, environment, simulator)
  const baseUrl = environment.urlOf('gateway')
  const resellers: Reseller[] = []
  for (const { apiKey } of environment.resellers)
    resellers.push(cleanup.use(await startReseller({ baseUrl, apiKey })))
  const running = { environment, database, ports, drops, resellers, stop }
  const ordersPerSecond = await order(drops, resellers)
  const measured = await measure(day, running)
  const { delays, decided } = await readDelays(database, resellers)
  const proved = await prove(environment, simulator, database)
  return { ordersPerSecond, ...measured, delays, decided, ...proved, notified: countNotified(resellers) }
}

async function takePorts(): Promise<Ports> {
  const ports = new Map<Monitored, number>()
  for (const app of monitoredApps)
    ports.set(
      app,
      await freePort(Math.max(FIRST_METRICS_PORT, ...[...ports.values()].map((port) => port + 1))),
    )
  return ports
}

function planOf({ cutoffSeconds, durable }: DropDay, ports: Ports): EnvironmentPlan {
  const monitoring = (app: Monitored) => ({
    [`DROPLOCK_${monitored[app]}_PORT`]: String(ports.get(app)),
  })
  return {
    name: 'bench-dropday',
    firstPort: FIRST_PORT,
    durable,
    registries: [
      {
        id: REGISTRY,
        sessionsMax: 100,
        commandsPerSecondMax: 1_000,
        zones,
        timing: {
          cutoffLeadSeconds: cutoffSeconds,
          dropLastsSeconds: 1,
          earlySeconds: 0,
          lateSeconds: 10,
          graceSeconds: 5,
        },
      },
    ],
    apps: {
      'registry-sim': {},
      gateway: monitoring('gateway'),
      'console-api': monitoring('console-api'),
      worker: { ...usualSweeps, ...monitoring('worker') },
      // As it is set in operation, but for the shorter time from cut-off to drop.
      catcher: {
        ...monitoring('catcher'),
        DROPLOCK_REFRESH_MS: '500',
        DROPLOCK_PREPARE_LEAD_MS: String(750 * cutoffSeconds),
        DROPLOCK_FIRE_LEAD_MS: String(250 * cutoffSeconds),
      },
    },
  }
}

/** Half of the names are contested from the moment of their release. */
async function publish(
  { names, seconds, cutoffSeconds }: DropDay,
  { ctx }: Environment,
  simulator: Simulator,
): Promise<readonly DropPlan[]> {
  const firstAt = new Date(Date.now() + ORDER_MS_MIN + ORDER_MS_PER_NAME * names + 1_000 * cutoffSeconds)
  const planned = namesOf('burst', names, firstAt, names / seconds)
  const drops = planned.map(({ name, dropAt }, index) => ({
    name,
    purgeAt: dropAt,
    ending: index % 2 === 0 ? ('uncontested' as const) : ('contested_at_once' as const),
  }))
  await publishList(ctx, REGISTRY, ordinaryList(new Date(), OTHER_NAMES) + linesOf(planned))
  await simulator.load(REGISTRY, drops, false)
  return drops
}

/** Orders all names, by the resellers in turn. Returns orders a second. */
async function order(drops: readonly DropPlan[], resellers: readonly Reseller[]): Promise<number> {
  return rateOf(drops, ORDERS_AT_ONCE, async ({ name }, index) => {
    const { [index % resellers.length]: reseller } = resellers
    await reseller?.client.post('/v1/backorders', { body: { name, payment: 'balance' } })
  })
}

type Running = {
  readonly environment: Environment
  readonly database: Client
  readonly ports: Ports
  readonly drops: readonly DropPlan[]
  readonly resellers: readonly Reseller[]
  readonly stop: AbortSignal
}

/** Reads at a steady rate from a second before the first release until every result was notified. */
async function measure(
  { names, readsPerSecond }: DropDay,
  running: Running,
): Promise<Pick<DropDayResult, 'reads' | 'readings'>> {
  const { environment, drops, resellers, stop } = running
  const firstMs = drops.at(0)?.purgeAt.getTime() ?? 0
  const lastMs = drops.at(-1)?.purgeAt.getTime() ?? 0
  await holdsWithin({ everyMs: 100, signal: stop }, () => Date.now() >= firstMs - 1_000)
  const before = await readAll(running)
  const loading = new AbortController()
  const baseUrl = environment.urlOf('gateway')
  const reads = environment.resellers.flatMap(({ apiKey }) =>
    ['/v1/listings?limit=20', '/v1/backorders?limit=20', '/v1/account'].map((path) => ({
      url: `${baseUrl}${path}`,
      apiKey,
    })),
  )
  const loaded = steadyLoad({ perSecond: readsPerSecond, reads, signal: loading.signal })
  await holdsWithin({ everyMs: 50, signal: stop }, () => Date.now() >= lastMs)
  const released = await readAll(running)
  await holdsWithin(
    { everyMs: 250, msMax: lastMs - Date.now() + DECIDED_MS_MAX, signal: stop },
    () =>
      resellers.reduce(
        (sum, { notified }) => sum + Math.min(notified.stream.size, notified.webhook.size),
        0,
      ) >= names,
  )
  const after = await readAll(running)
  loading.abort()
  return { reads: await loaded, readings: { before, released, after } }
}

async function readAll({ ports, environment, database }: Running): Promise<Reading> {
  const apps = [...ports].map(
    async ([app, port]) => [app, await readUsage(`http://127.0.0.1:${port}`)] as const,
  )
  const processes = new Map<string, Usage>([
    ...(await Promise.all(apps)),
    ['registry-sim', await readUsage(environment.urlOf('registry-sim'))],
    ['postgres', await readDatabaseUsage(database)],
    ['resellers', readOwnUsage()],
  ])
  return { atMs: Date.now(), processes, machineCpuSeconds: readMachineCpuSeconds() }
}

/** From the answer of the registry that decided a name, by the evidence: when it was sent, and its round trip. */
async function readDelays(
  database: Client,
  resellers: readonly Reseller[],
): Promise<Pick<DropDayResult, 'delays' | 'decided'>> {
  const { rows } = await database.query<{ id: string; answeredMs: number; decidedMs: number }>(`
    select target.backorder_id as id, extract(epoch from attempt.answered_at)::float8 * 1000 as "answeredMs",
      extract(epoch from target.decided_at)::float8 * 1000 as "decidedMs"
    from catch_target as target join catch_attempt as attempt on attempt.cltrid = target.deciding_cltrid
    where target.decided_at is not null`)
  const firstTold = (way: Way) =>
    new Map(
      resellers.flatMap(({ notified }) =>
        [...notified[way]].map(([id, [atMs = Infinity]]) => [id, atMs] as const),
      ),
    )
  const [streamed, posted] = [firstTold('stream'), firstTold('webhook')]
  const delays = {
    settled: rows.map(({ answeredMs, decidedMs }) => (decidedMs - answeredMs) / 1_000),
    stream: rows.map(({ id, answeredMs }) => ((streamed.get(id) ?? Infinity) - answeredMs) / 1_000),
    webhook: rows.map(({ id, answeredMs }) => ((posted.get(id) ?? Infinity) - answeredMs) / 1_000),
  }
  return { delays, decided: rows.length }
}

type Proved = Pick<DropDayResult, 'caught' | 'wrong' | 'limitViolations' | 'brokenInvariants'>

/** Whether outcomes equal the registry's truth, nothing was sent beyond the limits, and the service's guarantees hold. */
async function prove({ ctx }: Environment, simulator: Simulator, database: Client): Promise<Proved> {
  const truths = new Map((await simulator.truth(REGISTRY)).map((truth) => [truth.name, truth]))
  const { rows } = await database.query<{ name: string; state: string }>('select name, state from backorder')
  const { invariants } = await readInvariants(ctx)
  return {
    caught: rows.filter(({ state }) => state === 'successful').length,
    wrong: rows.filter(
      ({ name, state }) => (state === 'successful') !== (truths.get(name)?.winner?.clID === ourClid),
    ).length,
    limitViolations: await simulator.violations(REGISTRY),
    brokenInvariants: invariants.filter(({ violations }) => violations > 0).map(({ name }) => name),
  }
}

function countNotified(resellers: readonly Reseller[]): DropDayResult['notified'] {
  const [stream, webhook] = WAYS.map((way) => {
    const times = resellers.flatMap(({ notified }) => [...notified[way].values()])
    return { results: times.length, repeated: times.filter(({ length }) => length > 1).length }
  })
  const none = { results: 0, repeated: 0 }
  return { stream: stream ?? none, webhook: webhook ?? none }
}
