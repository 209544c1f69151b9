import { check, sleep } from 'k6'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import { proveWhenDecided } from '../lib/operator.ts'
import { countViolations, readTruth, releaseNames, type Truth } from '../lib/registry.ts'
import { line, type Metrics, send } from '../lib/request.ts'
import {
  authorization,
  type Backorder,
  isDecided,
  nextListings,
  type Order,
  orderAll,
  readBackorder,
} from '../lib/reseller.ts'

// A drop: resellers hold orders on names that a registry deletes in quick succession. Each polls for its result, others read their
// orders and search the listings, and in the end every guarantee of the service is proven.

const market = {
  gateway: __ENV['GATEWAY'] ?? 'http://127.0.0.1:8080',
  /** API keys of the resellers, separated by commas. */
  keys: (__ENV['API_KEYS'] ?? '').split(','),
}
/** The simulated registry at its control API. */
const registry = {
  url: __ENV['REGISTRY'] ?? 'http://127.0.0.1:7799/registries/exact',
  clid: __ENV['CLID'] ?? 'droplock',
}
const operatorApi = {
  url: __ENV['CONSOLE'] ?? 'http://127.0.0.1:8081',
  email: __ENV['STAFF_EMAIL'] ?? '',
  password: __ENV['STAFF_PASSWORD'] ?? '',
}
const names = Number(__ENV['NAMES'] ?? 500)
/** As the lists have them: the n-th result is waited for from the n-th drop on. */
const namesPerSecond = Number(__ENV['NAMES_PER_SECOND'] ?? 25)
const visibleMsMax = Number(__ENV['VISIBLE_MS_MAX'] ?? 1_000)

/** Virtual users are made ready in this time before the first drop. Seconds. */
const leadSeconds = 1
const pollsPerSecond = 40
const searchesPerSecond = 10
/** An answer that takes longer than this finds its users used up, and iterations are dropped. Seconds. */
const answerSecondsMax = 5
/** A result that is not there after this is not coming: the window, its grace, and the longest stall worth measuring. Seconds. */
const resultSecondsMax = 60
const dropSeconds = Math.ceil(names / namesPerSecond) + 1

/** Pause between two polls: a quarter of the time waited so far, so that polling does not make a stall worse. */
const pauseSecondsMin = 0.05
const pauseShare = 0.25

/**
 * How long a result is on its way to its customer: from the registry's answer that decided it to the first answer of
 * `GET /v1/backorders/{id}` that has it. Of a name we won, from the crDate that the registry itself keeps; of another, from
 * when the attempt that decided it was answered. Both clocks are this machine's. The pause between two polls is in it:
 * it is too long by up to a quarter, never too short.
 */
const answerToVisible = new Trend('answer_to_visible', true)
const followed = new Counter('names_followed')
const decided = new Counter('names_decided')
const secured = new Counter('listings_won')
const caught = new Counter('names_caught')
const failed = new Counter('names_failed')
const broken = new Counter('invariants_broken')
const escrowLeft = new Counter('escrow_left_minor')
const violations = new Counter('limit_violations')

const arrivals = {
  executor: 'constant-arrival-rate',
  timeUnit: '1s',
  duration: `${dropSeconds}s`,
  startTime: `${leadSeconds}s`,
}
const users = (ratePerSecond: number) => ({
  rate: ratePerSecond,
  preAllocatedVUs: ratePerSecond * answerSecondsMax,
})

export const options = {
  setupTimeout: '120s',
  teardownTimeout: '90s',
  scenarios: {
    // One user for each iteration, so that no name is dropped however long results take.
    follow: {
      ...arrivals,
      exec: 'follow',
      rate: namesPerSecond,
      preAllocatedVUs: namesPerSecond * dropSeconds,
      gracefulStop: `${resultSecondsMax}s`,
    },
    poll: { ...arrivals, exec: 'poll', ...users(pollsPerSecond) },
    search: { ...arrivals, exec: 'search', ...users(searchesPerSecond) },
  },
  thresholds: {
    'answer_to_visible{result:successful}': [`p(95)<${visibleMsMax}`],
    'answer_to_visible{result:failed}': [`p(95)<${visibleMsMax}`],
    names_followed: [`count==${names}`],
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    dropped_iterations: ['count==0'],
    // Winners are as many as names, and none is won twice.
    listings_won: [`count==${names}`],
    names_decided: [`count==${names}`],
    // Without names of both outcomes the other thresholds mean little.
    names_caught: ['count>0'],
    names_failed: ['count>0'],
    // Ledger and escrow are exact, every failure is refunded, and the other guarantees hold.
    invariants_broken: ['count==0'],
    escrow_left_minor: ['count==0'],
    limit_violations: ['count==0'],
  },
}

type Data = { readonly orders: readonly Order[] }

/** Orders the names that drop next, has the registry release them at the times of their listings, and waits for the first. */
export async function setup(): Promise<Data> {
  const listings = await nextListings(market, names)
  await releaseNames(registry, listings)
  const ordered = await orderAll(market, listings)
  const orders = ordered.toSorted((one, other) => one.dropFromMs - other.dropFromMs)
  await sleep(secondsUntil((orders[0]?.dropFromMs ?? 0) - 1_000 * leadSeconds))
  return { orders }
}

/** A reseller waits for the result of one name, from its drop on. */
export async function follow({ orders }: Data): Promise<void> {
  const order = orders[exec.scenario.iterationInTest]
  // The last second may start more than there are names.
  if (order === undefined) return
  await sleep(secondsUntil(order.dropFromMs))
  const { backorder, seenAtMs } = await untilDecided(order)
  const truth = await readTruth(registry, order.name)
  const isOurs = truth.winner?.clID === registry.clid
  const visibleMs = seenAtMs - answeredAtMs(backorder, truth)
  const { state, settled_at } = backorder
  check(backorder, {
    'is decided': isDecided,
    'is won when the registry says so': () => (state === 'successful') === isOurs,
    'has the deciding answer on record': () => Number.isFinite(visibleMs),
    'is settled at the crDate': () => state !== 'successful' || sameInstant(settled_at, truth.winner?.crDate),
  })
  followed.add(1)
  if (isDecided(backorder)) answerToVisible.add(visibleMs, { result: state })
}

async function untilDecided(order: Order) {
  for (;;) {
    const backorder = await readBackorder(market, order)
    const seenAtMs = Date.now()
    const waitedSeconds = (seenAtMs - order.dropFromMs) / 1_000
    if (isDecided(backorder) || waitedSeconds > resultSecondsMax) return { backorder, seenAtMs }
    await sleep(Math.max(pauseSecondsMin, pauseShare * waitedSeconds))
  }
}

/** When the registry gave the answer that decided it; see `answerToVisible`. */
function answeredAtMs({ state, deciding_attempt, attempts }: Backorder, { winner }: Truth): number {
  if (state === 'successful') return Date.parse(winner?.crDate ?? '')
  const last = deciding_attempt ?? attempts[0]
  return Date.parse(last?.sent_at ?? '') + (last?.round_trip_ms ?? 0)
}

/** A reseller reads one of its orders. */
export async function poll({ orders }: Data): Promise<void> {
  const order = orders[spread(orders.length)]
  if (order === undefined) return
  const backorder = await readBackorder(market, order)
  check(backorder, { 'is the one asked for': ({ name }) => name === order.name })
}

const words = ['shop', 'online', 'lab', 'art', 'hub']

/** A reseller searches for something to order. */
export async function search(): Promise<void> {
  const turn = exec.scenario.iterationInTest
  const query = `q=${words[turn % words.length]}&limit=20`
  const { body } = await send<{ readonly items: readonly unknown[] }>(
    `${market.gateway}/v1/listings?${query}`,
    { name: 'search', headers: authorization(market, turn) },
  )
  check(body, { 'finds something': ({ items }) => items.length > 0 })
}

/** A large prime: adjacent iterations read distant orders, and every order is read in turn. */
const stride = 7_919

function spread(count: number): number {
  return (exec.scenario.iterationInTest * stride) % count
}

/** Counts what the service can prove, once everything is decided. */
export async function teardown(): Promise<void> {
  const proof = await proveWhenDecided(operatorApi, resultSecondsMax)
  decided.add(proof.backorders.successful + proof.backorders.failed)
  secured.add(proof.listings_won)
  caught.add(proof.backorders.successful)
  failed.add(proof.backorders.failed)
  for (const { name, violations: count } of proof.invariants) broken.add(count, { invariant: name })
  for (const { amount_minor } of proof.escrow) escrowLeft.add(Math.abs(amount_minor))
  violations.add(await countViolations(registry))
}

function secondsUntil(atMs: number): number {
  return Math.max(0, atMs - Date.now()) / 1_000
}

function sameInstant(one: string | undefined, other: string | undefined): boolean {
  return Date.parse(one ?? '') === Date.parse(other ?? '')
}

export function handleSummary({ metrics }: { readonly metrics: Metrics }) {
  const figure = (metric: string, name: string, key: string, unit: string) =>
    line('drop-burst', metric, metrics[name]?.values[key], unit)
  const latencies = (['successful', 'failed'] as const).flatMap((result) =>
    (
      [
        ['p50', 'med'],
        ['p95', 'p(95)'],
        ['max', 'max'],
      ] as const
    ).map(([label, key]) =>
      figure(`${result}_visible_${label}`, `answer_to_visible{result:${result}}`, key, 'ms'),
    ),
  )
  const stdout = [
    ...['names_decided', 'names_caught', 'names_failed'].map((name) => figure(name, name, 'count', 'names')),
    figure('invariants_broken', 'invariants_broken', 'count', 'violations'),
    figure('limit_violations', 'limit_violations', 'count', 'violations'),
    figure('dropped_iterations', 'dropped_iterations', 'count', 'iterations'),
    figure('requests', 'http_reqs', 'count', 'requests'),
    figure('requests_failed', 'http_req_failed', 'rate', 'share'),
    figure('request_p95', 'http_req_duration', 'p(95)', 'ms'),
    ...latencies,
  ].join('')
  return { stdout }
}
