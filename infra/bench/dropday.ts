import { parseArgs } from 'node:util'
import { quantile, rateOf, reporter } from '@droplock/core/bench/support/measure'
import { readInvariants } from '@droplock/core/invariants'
import { Client } from 'pg'
import { type EnvironmentPlan, startEnvironment } from '../src/environment/environment.ts'
import { ourClid } from '../src/environment/registries.ts'
import { simulatorAt } from '../src/environment/simulator.ts'
import { makeOutput } from '../src/launch/output.ts'
import { linesOf, namesOf, ordinaryList, publishList, zones } from '../src/loadtest/lists.ts'
import { freePort } from '../src/processes/port.ts'
import { holdsWithin } from '../src/processes/wait-until.ts'
import { type Reseller, startReseller } from './dropday/reseller.ts'
import { steadyLoad } from './dropday/steady-load.ts'
import { readDatabaseUsage, readUsage, type Usage } from './dropday/usage.ts'

// `npm run bench -- dropday`: thousands of armed names that a registry releases within a minute, half of them contested. Gateway, console
// API, worker, catcher, simulator and PostgreSQL are processes; resellers follow their results by stream and by webhook, and others read
// at a steady rate. How soon results are visible, what reads take meanwhile, and what each process uses. Then outcomes are compared with
// the registry's truth, and every invariant is proved.

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    names: { type: 'string', default: '10000' },
    /** Within which they are released. */
    seconds: { type: 'string', default: '60' },
    /** Reads a second. */
    rate: { type: 'string', default: '50' },
  },
})
const names = Number(values.names)
const seconds = Number(values.seconds)
const readsPerSecond = Number(values.rate)

const REGISTRY = 'dropday'
/** To order all names before the first of them closes: a part that is always there, and one for each name. */
const ORDER_MS_MIN = 15_000
const ORDER_MS_PER_NAME = 15
const ORDERS_AT_ONCE = 16
const CUTOFF_SECONDS = 20
/** After the last drop: its window, its grace, and what is late. */
const DECIDED_MS_MAX = 180_000
/** Names that are found by the searches of the steady load. */
const OTHER_NAMES = 2_000

const firstPort = 18_700
const monitored = {
  gateway: 'METRICS',
  'console-api': 'METRICS',
  worker: 'HEALTH',
  catcher: 'HEALTH',
} as const
const ports = new Map<string, number>()
for (const app of Object.keys(monitored))
  ports.set(app, await freePort(Math.max(firstPort + 92, ...[...ports.values()].map((port) => port + 1))))
const monitoring = (app: keyof typeof monitored) => ({
  [`DROPLOCK_${monitored[app]}_PORT`]: String(ports.get(app)),
})

const plan = {
  name: 'bench-dropday',
  firstPort,
  durable: true,
  registries: [
    {
      id: REGISTRY,
      sessionsMax: 100,
      commandsPerSecondMax: 1_000,
      zones,
      timing: {
        cutoffLeadSeconds: CUTOFF_SECONDS,
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
    worker: monitoring('worker'),
    // As it is set in operation, but for the shorter time from cut-off to drop.
    catcher: {
      ...monitoring('catcher'),
      DROPLOCK_REFRESH_MS: '500',
      DROPLOCK_PREPARE_LEAD_MS: '15000',
      DROPLOCK_FIRE_LEAD_MS: '5000',
    },
  },
} as const satisfies EnvironmentPlan

const report = reporter('dropday')
const stopping = new AbortController()
const output = makeOutput(process.stderr, true)
await using environment = await startEnvironment(plan, output, stopping.signal)
const { ctx } = environment
const database = new Client({ connectionString: environment.databaseUrl })
await database.connect()
await using cleanup = new AsyncDisposableStack()
cleanup.defer(() => database.end())
const simulator = environment.urlOf('registry-sim')
await database.query('update account set claims_per_minute_max = 1000000, reads_per_minute_max = 1000000')

const firstAt = new Date(Date.now() + ORDER_MS_MIN + ORDER_MS_PER_NAME * names + 1_000 * CUTOFF_SECONDS)
const planned = namesOf('burst', names, firstAt, names / seconds)
const drops = planned.map(({ name, dropAt }, index) => ({
  name,
  purgeAt: dropAt,
  ending: index % 2 === 0 ? ('uncontested' as const) : ('contested_at_once' as const),
}))
await publishList(ctx, REGISTRY, ordinaryList(new Date(), OTHER_NAMES) + linesOf(planned))
await simulatorAt(simulator).load(REGISTRY, drops, false)

const baseUrl = environment.urlOf('gateway')
const resellers: Reseller[] = []
for (const { apiKey } of environment.resellers)
  resellers.push(cleanup.use(await startReseller({ baseUrl, apiKey })))
const ordersPerSecond = await rateOf(drops, ORDERS_AT_ONCE, async ({ name }, index) => {
  const { [index % resellers.length]: reseller } = resellers
  await reseller?.client.post('/v1/backorders', { body: { name, payment: 'balance' } })
})
report('names', names, 'names')
report('orders_per_second', ordersPerSecond, '1/s')
await holdsWithin({ everyMs: 100, signal: stopping.signal }, () => Date.now() >= firstAt.getTime() - 1_000)
const before = await readAll()
const loading = new AbortController()
const reads = environment.resellers.flatMap(({ apiKey }) =>
  ['/v1/listings?limit=20', '/v1/backorders?limit=20', '/v1/account'].map((path) => ({
    url: `${baseUrl}${path}`,
    apiKey,
  })),
)
const loaded = steadyLoad({ perSecond: readsPerSecond, reads, signal: loading.signal })
const tellingEnded = () =>
  resellers.reduce((sum, { told }) => sum + Math.min(told.byStream.size, told.byWebhook.size), 0) >= names
const lastAt = drops.at(-1)?.purgeAt.getTime() ?? 0
const allTold = await holdsWithin(
  { everyMs: 250, msMax: lastAt - Date.now() + DECIDED_MS_MAX, signal: stopping.signal },
  tellingEnded,
)
const after = await readAll()
const elapsedSeconds = (Date.now() - firstAt.getTime() + 1_000) / 1_000
loading.abort()
await reportLoad()
await reportVisibility()
reportUsage()
await proveOutcomes()
if (!allTold) throw new Error('not every result was told')

type Processes = ReadonlyMap<string, Usage>

async function readAll(): Promise<Processes> {
  const apps = [...ports].map(
    async ([app, port]) => [app, await readUsage(`http://127.0.0.1:${port}`)] as const,
  )
  return new Map([
    ...(await Promise.all(apps)),
    ['registry-sim', await readUsage(simulator)],
    ['postgres', await readDatabaseUsage(database)],
  ])
}

async function reportLoad(): Promise<void> {
  const { latenciesMs, failed } = await loaded
  report('gateway_reads', latenciesMs.length, 'reads')
  report('gateway_reads_failed', failed, 'reads', { max: 0 })
  report('gateway_p50', quantile(latenciesMs, 0.5), 'ms')
  report('gateway_p99', quantile(latenciesMs, 0.99), 'ms', { max: 100 })
}

/** From the answer of the registry that decided a name, by the evidence: when it was sent, and its round trip. */
async function reportVisibility(): Promise<void> {
  const { rows } = await database.query<{ id: string; answeredMs: number; decidedMs: number }>(`
    select target.backorder_id as id, extract(epoch from attempt.answered_at)::float8 * 1000 as "answeredMs",
      extract(epoch from target.decided_at)::float8 * 1000 as "decidedMs"
    from catch_target as target join catch_attempt as attempt on attempt.cltrid = target.deciding_cltrid
    where target.decided_at is not null`)
  report('decided', rows.length, 'names', { min: names })
  const [streamed, posted] = [toldBy('byStream'), toldBy('byWebhook')]
  const ways: Readonly<Record<string, (row: (typeof rows)[number]) => number>> = {
    settled: ({ decidedMs }) => decidedMs,
    stream: ({ id }) => streamed.get(id) ?? Number.POSITIVE_INFINITY,
    webhook: ({ id }) => posted.get(id) ?? Number.POSITIVE_INFINITY,
  }
  for (const [way, atOf] of Object.entries(ways)) {
    const delays = rows.map((row) => (atOf(row) - row.answeredMs) / 1_000)
    const aim = way === 'settled' ? undefined : { max: 1 }
    report(`registry_to_${way}_p50`, quantile(delays, 0.5), 's')
    report(`registry_to_${way}_p99`, quantile(delays, 0.99), 's', aim)
    report(`registry_to_${way}_max`, quantile(delays, 1), 's')
  }
}

function toldBy(way: 'byStream' | 'byWebhook'): ReadonlyMap<string, number> {
  return new Map(resellers.flatMap(({ told }) => [...told[way]]))
}

/** The CPU's share is of one core, over the time of the drop. */
function reportUsage(): void {
  let cpuSeconds = 0
  for (const [name, now] of after) {
    const used = now.cpuSeconds - (before.get(name)?.cpuSeconds ?? 0)
    cpuSeconds += used
    report(`${name}_cpu`, used, 's')
    report(`${name}_cpu_share`, used / elapsedSeconds, 'cores')
    report(`${name}_rss`, now.rssBytes / 2 ** 20, 'MiB')
    if (now.loopDelayP99Seconds !== undefined)
      report(`${name}_event_loop_delay_p99`, 1_000 * now.loopDelayP99Seconds, 'ms')
  }
  report('cpu_share', cpuSeconds / elapsedSeconds, 'cores')
}

/** Outcomes equal the registry's truth, nothing was sent beyond the limits, and the service's guarantees hold. */
async function proveOutcomes(): Promise<void> {
  const truths = new Map((await simulatorAt(simulator).truth(REGISTRY)).map((truth) => [truth.name, truth]))
  const { rows } = await database.query<{ name: string; state: string }>('select name, state from backorder')
  const wrong = rows.filter(
    ({ name, state }) => (state === 'successful') !== (truths.get(name)?.winner?.clID === ourClid),
  )
  report('caught', rows.filter(({ state }) => state === 'successful').length, 'names')
  report('wrong_outcomes', wrong.length, 'names', { max: 0 })
  report('limit_violations', await simulatorAt(simulator).violations(REGISTRY), '1', { max: 0 })
  const { invariants } = await readInvariants(ctx)
  const broken = invariants.filter(({ violations }) => violations > 0)
  report('broken_invariants', broken.length, '1', { max: 0 })
  if (broken.length > 0) throw new Error(`broken: ${broken.map(({ name }) => name).join(', ')}`)
}
