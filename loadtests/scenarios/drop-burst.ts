import { check, sleep } from 'k6'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { answeredAtMs } from '../lib/answered-at.ts'
import { answeredWithin, arriving, dueAtMs, measureFromDue } from '../lib/arrivals.ts'
import { countProof } from '../lib/operator.ts'
import { countViolations, readTruth, releaseNames } from '../lib/registry.ts'
import {
  type BackorderDetail,
  type Order,
  orderAll,
  orderName,
  readBackorder,
  search,
} from '../lib/reseller.ts'
import { countFigures } from '../lib/side-car.ts'
import { type Figure, type Summary, writeSummary } from '../lib/summary.ts'
import { soundThresholds, summaryTrendStats } from '../lib/thresholds.ts'
import { listed, numberOf, registry } from '../lib/world.ts'

// A drop: resellers hold orders on names that a registry deletes in quick succession. They are notified by streams and
// webhooks, which a process beside this one receives; others poll for their results, read orders and search listings. In the
// end every guarantee of the service is proven.

const names = listed.length
/** As the lists have them: the n-th name drops so long after the first. */
const namesPerSecond = numberOf('RATE', 25)
const visibleMsMax = numberOf('VISIBLE_MS_MAX', 1_000)
const answerMsMax = numberOf('ANSWER_MS_MAX', 500)

/** Virtual users are made ready in this time before the first drop. Seconds. */
const leadSeconds = 1
const isOrderedLate = numberOf('ORDERED_LATE', 0) === 1
/** Fewer where every order is followed, on a machine that runs everything twice. */
const pollsPerSecond = isOrderedLate ? 10 : 40
const searchesPerSecond = isOrderedLate ? 5 : 10
/** So many results a second are polled for, each until it is there. All of them come by streams and webhooks. */
const followedPerSecond = Math.min(namesPerSecond, 25)
/** A result that is not there after this is not coming: the window, its grace, and the longest stall or failover. Seconds. */
const resultSecondsMax = isOrderedLate ? 120 : 60
const dropSeconds = Math.ceil(names / namesPerSecond) + 1

/**
 * While the database fails over, orders go on: names that drop so long after the first are ordered during the drop, each that long before
 * its own. All are ordered before it otherwise. Seconds.
 */
const orderedLateSeconds = 60
const orderedBefore = isOrderedLate ? Math.min(names, orderedLateSeconds * namesPerSecond) : names
const orderedLate = names - orderedBefore
/** Requests wait for as long as a failover takes, and so do the virtual users behind them. Seconds. */
const secondsMax = isOrderedLate ? 60 : undefined
const follows = Math.floor((orderedBefore / namesPerSecond) * followedPerSecond)

/** Pause between two polls: a quarter of the time waited so far, so that polling does not make a stall worse. */
const pauseSecondsMin = 0.05
const pauseShare = 0.25

/**
 * How long a result is on its way to its customer: from the registry's answer that decided it (see `answeredAtMs`) to the first
 * answer of `GET /v1/backorders/{id}` that has it. Both clocks are this machine's. The pause between two polls is in it: it is
 * too long by up to a quarter, never too short.
 */
const answerToVisible = new Trend('answer_to_visible', true)
const followed = new Counter('names_followed')
const violations = new Counter('limit_violations')

/** Of two ways to be notified. An order is one name, so there is one event of each. */
const seenOf = (via: string) => ({
  [`events_seen{via:${via},result:decided}`]: [`count==${names}`],
  [`event_p95{via:${via},result:decided}`]: [`value<${visibleMsMax}`],
})

export const options = {
  summaryTrendStats,
  setupTimeout: '600s',
  teardownTimeout: '240s',
  scenarios: {
    // As many users as results that are waited for, so that none is dropped however long they take.
    follow: arriving({
      exec: 'follow',
      perSecond: followedPerSecond,
      startSeconds: leadSeconds,
      seconds: Math.ceil(orderedBefore / namesPerSecond) + 1,
      secondsMax: dropSeconds,
      graceSeconds: resultSecondsMax,
    }),
    poll: arriving({
      exec: 'poll',
      perSecond: pollsPerSecond,
      startSeconds: leadSeconds,
      seconds: dropSeconds,
      ...(secondsMax && { secondsMax }),
    }),
    search: arriving({
      exec: 'searchAround',
      perSecond: searchesPerSecond,
      startSeconds: leadSeconds,
      seconds: dropSeconds,
      ...(secondsMax && { secondsMax }),
    }),
    ...(orderedLate > 0 && {
      late: arriving({
        exec: 'orderLate',
        perSecond: namesPerSecond,
        startSeconds: leadSeconds,
        seconds: Math.ceil(orderedLate / namesPerSecond),
        secondsMax: orderedLateSeconds + 1.5 * resultSecondsMax,
        graceSeconds: orderedLateSeconds + resultSecondsMax,
      }),
    }),
  },
  thresholds: {
    ...soundThresholds,
    // What failed was sent again until it was answered.
    ...(isOrderedLate && { http_req_failed: ['rate<1'] }),
    'answer_to_visible{result:successful}': [`p(95)<${visibleMsMax}`],
    'answer_to_visible{result:failed}': [`p(95)<${visibleMsMax}`],
    ...seenOf('sse'),
    ...seenOf('webhook'),
    // A webhook whose delivery could not be written down comes again: at least once is what is promised.
    ...(isOrderedLate
      ? { 'event_faults{kind:resyncs}': ['count==0'], 'event_faults{kind:unsigned}': ['count==0'] }
      : { event_faults: ['count==0'] }),
    ...answeredWithin(answerMsMax, 'poll'),
    ...answeredWithin(answerMsMax, 'search'),
    names_followed: [`count==${follows + orderedLate}`],
    'names_followed{result:successful}': ['count>0'],
    'names_followed{result:failed}': ['count>0'],
    // Winners are as many as names, and none is won twice.
    listings_won: [`count==${names}`],
    names_decided: [`count==${names}`],
    // Without names of both outcomes the other thresholds mean little.
    names_caught: ['count>0'],
    names_failed: ['count>0'],
    escrow_left_minor: ['count==0'],
    limit_violations: ['count==0'],
  },
} satisfies Options

type Data = { readonly orders: readonly Order[] }

/** Orders the names, has the registry release them at the times of their listings, and waits for the first. */
export async function setup(): Promise<Data> {
  await releaseNames(listed)
  const orders = await orderAll(listed.slice(0, orderedBefore))
  await sleep(secondsUntil((orders[0]?.dropFromMs ?? 0) - 1_000 * leadSeconds))
  return { orders }
}

/** A reseller waits for the result of one of the names that were ordered before. */
export async function follow({ orders }: Data): Promise<void> {
  const turn = exec.scenario.iterationInTest
  // The last second may start more than there are names.
  if (turn >= follows) return
  // Of so many names one is followed, not always the one at the same place among them, as names end in turn (`endings`).
  const apart = namesPerSecond / followedPerSecond
  const order = orders[Math.floor(turn * apart) + (turn % Math.floor(apart))]
  if (order !== undefined) await followOrder(order)
}

/** A reseller waits for the result of a name, from its drop on. */
async function followOrder(order: Order): Promise<void> {
  await sleep(secondsUntil(order.dropFromMs))
  const { backorder, seenAtMs } = await untilDecided(order)
  const truth = await readTruth(order.name)
  const isOurs = truth.winner?.clID === registry.clid
  const visibleMs = seenAtMs - answeredAtMs(backorder)
  const { state, settled_at } = backorder
  check(backorder, {
    'is decided': isDecided,
    'is won when the registry says so': () => (state === 'successful') === isOurs,
    'has the deciding answer on record': () => Number.isFinite(visibleMs),
    'is settled at the crDate': () => state !== 'successful' || sameInstant(settled_at, truth.winner?.crDate),
  })
  followed.add(1, { result: state })
  if (isDecided(backorder) && Number.isFinite(visibleMs)) answerToVisible.add(visibleMs, { result: state })
}

async function untilDecided(order: Order) {
  for (;;) {
    const backorder = await readBackorder(order)
    const seenAtMs = Date.now()
    const waitedSeconds = (seenAtMs - order.dropFromMs) / 1_000
    if (isDecided(backorder) || waitedSeconds > resultSecondsMax) return { backorder, seenAtMs }
    await sleep(Math.max(pauseSecondsMin, pauseShare * waitedSeconds))
  }
}

function isDecided({ state }: BackorderDetail): boolean {
  return state === 'successful' || state === 'failed'
}

/** A reseller orders a name that drops later, however often it has to ask, and waits for the result: what was accepted must not be lost. */
export async function orderLate(): Promise<void> {
  const turn = orderedBefore + exec.scenario.iterationInTest
  const name = listed[turn]
  // The last second may start more than there are names.
  if (name !== undefined) await followOrder(await orderName(name, turn, 0))
}

/** A reseller reads one of its orders. */
export async function poll({ orders }: Data): Promise<void> {
  const order = orders[spread(orders.length)]
  if (order === undefined) return
  await measureFromDue(dueAtMs(pollsPerSecond), async () => {
    check(await readBackorder(order), { 'is the one asked for': ({ name }) => name === order.name })
  })
}

/** A reseller searches for something to order. */
export async function searchAround(): Promise<void> {
  await measureFromDue(dueAtMs(searchesPerSecond), async () => {
    check(await search(exec.scenario.iterationInTest), { 'finds something': (count) => count > 0 })
  })
}

/** A large prime: adjacent iterations read distant orders, and every order is read in turn. */
const stride = 7_919

function spread(count: number): number {
  return (exec.scenario.iterationInTest * stride) % count
}

/** Counts what the service can prove, once everything is decided, and who was notified. */
export async function teardown(): Promise<void> {
  await countProof(resultSecondsMax)
  await countFigures()
  violations.add(await countViolations())
}

function secondsUntil(atMs: number): number {
  return Math.max(0, atMs - Date.now()) / 1_000
}

function sameInstant(one: string | undefined, other: string | undefined): boolean {
  return Date.parse(one ?? '') === Date.parse(other ?? '')
}

const ways = ['sse', 'webhook']
const visible: readonly Figure[] = ['successful', 'failed'].flatMap((result): Figure[] => [
  [`${result}_visible_p50`, `answer_to_visible{result:${result}}`, 'med', 'ms'],
  [`${result}_visible_p95`, `answer_to_visible{result:${result}}`, 'p(95)', 'ms'],
  [`${result}_visible_max`, `answer_to_visible{result:${result}}`, 'max', 'ms'],
])

export function handleSummary(summary: Summary) {
  return writeSummary('drop-burst', summary, [
    ['names_decided', 'names_decided', 'count', 'names'],
    ['names_caught', 'names_caught', 'count', 'names'],
    ['names_failed', 'names_failed', 'count', 'names'],
    ['limit_violations', 'limit_violations', 'count', 'violations'],
    ...visible,
    ...ways.flatMap((via): Figure[] => [
      [`${via}_seen`, `events_seen{via:${via},result:decided}`, 'count', 'events'],
      [`${via}_p95`, `event_p95{via:${via},result:decided}`, 'value', 'ms'],
    ]),
  ])
}
