import { check, sleep } from 'k6'
import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import { Counter, Gauge } from 'k6/metrics'
import type { Options } from 'k6/options'
import { answeredWithin, arriving, dueAtMs, measureFromDue } from '../lib/arrivals.ts'
import { countProof } from '../lib/operator.ts'
import { type Claimed, claim, readBackorder, readListing, search } from '../lib/reseller.ts'
import { releaseList } from '../lib/side-car.ts'
import { type Summary, writeSummary } from '../lib/summary.ts'
import { endWhenDown, soundThresholds, summaryTrendStats } from '../lib/thresholds.ts'
import { keys, listed, numberOf } from '../lib/world.ts'
import { cumulativeShares, fractionOf, rankAt } from '../lib/zipf.ts'

// A drop list goes live: until then resellers search as on any day, then all at once, and claim the names that they have
// waited for. A few names are wanted by hundreds. Of the claims 15 in 100 are sent again under their Idempotency-Key, half of
// these while the first is still under way: whatever arrives when, both get the same answer.

const perSecond = numberOf('RATE', 200)
const seconds = numberOf('SECONDS', 30)
const answerMsMax = numberOf('ANSWER_MS_MAX', 500)
const listedMsMax = numberOf('LISTED_MS_MAX', 10_000)

const liveAfterSeconds = 4
const searchesPerSecond = 0.75 * perSecond
const usualPerSecond = Math.max(1, 0.25 * searchesPerSecond)
const claimsPerSecond = Math.max(1, 0.25 * perSecond)

/** Of so many claims in turn the first few are sent again. */
const turns = 20
const retriedOfTurns = 3
const retryPauseSeconds = 0.05
const retriesMax = 100
/** A claim on a name that is not listed yet is sent again after so long. */
const earlyPauseSeconds = 0.2

const won = new Counter('claims_won')
const lost = new Counter('claims_lost')
const early = new Counter('claims_too_early')
const retried = new Counter('claims_retried')
const inProgress = new Counter('claims_in_progress')
const listedAfter = new Gauge('listed_after', true)
const live = new Counter('lists_live')

const shares = new SharedArray('shares', () => cumulativeShares(listed.length))

export const options = {
  summaryTrendStats,
  setupTimeout: '60s',
  teardownTimeout: '60s',
  scenarios: {
    usual: arriving({ exec: 'browse', perSecond: usualPerSecond, seconds: liveAfterSeconds }),
    publish: {
      executor: 'shared-iterations',
      exec: 'publish',
      startTime: `${liveAfterSeconds}s`,
      iterations: 1,
      vus: 1,
    },
    storm: arriving({
      exec: 'storm',
      perSecond: searchesPerSecond,
      startSeconds: liveAfterSeconds,
      seconds: seconds - liveAfterSeconds,
    }),
    claims: arriving({
      exec: 'compete',
      perSecond: claimsPerSecond,
      startSeconds: liveAfterSeconds,
      seconds: seconds - liveAfterSeconds,
      // Those who are early wait until the list is live.
      secondsMax: listedMsMax / 1_000,
    }),
  },
  thresholds: {
    ...soundThresholds,
    http_req_failed: endWhenDown,
    ...answeredWithin(answerMsMax, 'storm'),
    ...answeredWithin(answerMsMax, 'claims'),
    listed_after: [`value<${listedMsMax}`],
    lists_live: ['count==1'],
    claims_won: ['count>0', `count<=${listed.length}`],
    claims_lost: ['count>0'],
    claims_retried: ['count>0'],
  },
} satisfies Options

export async function browse(): Promise<void> {
  await measureFromDue(dueAtMs(usualPerSecond), async () => {
    check(await search(exec.scenario.iterationInTest), { 'finds something': (count) => count > 0 })
  })
}

/** Puts the list where the worker reads it, and waits until its last name can be ordered: its names open all at once. */
export async function publish(): Promise<void> {
  const fromMs = Date.now()
  await releaseList()
  const last = listed[listed.length - 1]?.name ?? ''
  while ((await readListing(last, 0)) === undefined && Date.now() < fromMs + listedMsMax) await sleep(0.05)
  listedAfter.add(Date.now() - fromMs)
  live.add(1)
}

/** Most search; some look at one name, and it is one of those that many want. */
export async function storm(): Promise<void> {
  const turn = exec.scenario.iterationInTest
  await measureFromDue(dueAtMs(searchesPerSecond), async () => {
    if (turn % 3 === 0) await readListing(nameAt(turn), turn)
    else check(await search(turn), { 'finds something': (count) => count > 0 })
  })
}

/** One claim, again while its name is not listed yet, and perhaps the same once more. */
export async function compete(): Promise<void> {
  const turn = exec.scenario.iterationInTest
  const [name, key] = [nameAt(turn), turn % keys.length]
  const idempotencyKey = `${exec.scenario.startTime}-${turn}`
  const send = () => claim(name, key, idempotencyKey)
  const isRetried = turn % turns < retriedOfTurns
  const atOnce = isRetried && turn % 2 === 0 ? 2 : 1
  const decisions = await untilListed(dueAtMs(claimsPerSecond), () =>
    Promise.all(Array.from({ length: atOnce }, () => untilAnswered(send))),
  )
  if (isRetried && atOnce === 1) decisions.push(await untilAnswered(send))
  const [first] = decisions
  if (first === undefined) return
  countClaim(first)
  if (isRetried) compareAnswers(decisions)
  if (first.order !== undefined) await confirm(first.order.id, name, key)
}

/** Sends claims until their name is listed, each time measured anew. */
async function untilListed(dueMs: number, send: () => Promise<Claimed[]>): Promise<Claimed[]> {
  const untilMs = Date.now() + listedMsMax
  let answers: Claimed[] = []
  for (let nextMs = dueMs; nextMs < untilMs; nextMs = Date.now()) {
    await measureFromDue(nextMs, async () => {
      answers = await send()
    })
    if (!answers.some(isEarly)) break
    early.add(1)
    await sleep(earlyPauseSeconds)
  }
  return answers
}

const isEarly = ({ code }: Claimed) => code === 'listing_not_found' || code === 'listing_not_open_yet'

/** While the first of two requests is under way, the second is told so, and asks again. */
async function untilAnswered(send: () => Promise<Claimed>): Promise<Claimed> {
  let last = await send()
  for (let tries = 0; last.code === 'request_in_progress' && tries < retriesMax; tries += 1) {
    inProgress.add(1)
    await sleep(retryPauseSeconds)
    last = await send()
  }
  return last
}

function countClaim({ code, order }: Claimed): void {
  const isLost = code === 'name_taken' || code === 'already_yours'
  check(code, { 'a claim is won or lost': () => order !== undefined || isLost })
  if (order !== undefined) won.add(1)
  if (isLost) lost.add(1)
}

/** What was secured is answered alike to the octet. A refusal is not kept, and is decided anew. */
function compareAnswers(decisions: readonly Claimed[]): void {
  retried.add(1)
  const secured = decisions.filter(({ order }) => order !== undefined)
  check(secured, {
    'both requests of a key are secured, or neither': () =>
      secured.length === 0 || secured.length === decisions.length,
    'a repeated answer is the first to the octet': () =>
      secured.every(({ text }) => text === secured[0]?.text),
  })
}

async function confirm(id: string, name: string, key: number): Promise<void> {
  check(await readBackorder({ id, key }), {
    'a secured order is there': (order) => order.name === name && order.state === 'backordered',
  })
}

function nameAt(turn: number): string {
  return listed[rankAt(shares, fractionOf(turn))]?.name ?? ''
}

export async function teardown(): Promise<void> {
  await countProof(0)
}

export function handleSummary(summary: Summary) {
  return writeSummary('publication', summary, [
    ['listed_after', 'listed_after', 'value', 'ms'],
    ['claims_won', 'claims_won', 'count', 'claims'],
    ['claims_lost', 'claims_lost', 'count', 'claims'],
    ['claims_too_early', 'claims_too_early', 'count', 'claims'],
    ['claims_retried', 'claims_retried', 'count', 'claims'],
    ['claims_in_progress', 'claims_in_progress', 'count', 'answers'],
    ['listings_won', 'listings_won', 'count', 'names'],
    ['storm_p95', 'from_due{scenario:storm}', 'p(95)', 'ms'],
    ['claim_p95', 'from_due{scenario:claims}', 'p(95)', 'ms'],
  ])
}
