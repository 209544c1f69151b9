import { check, sleep } from 'k6'
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { answeredWithin, arriving, dueAtMs, measureFromDue } from '../lib/arrivals.ts'
import { countProof } from '../lib/operator.ts'
import { type Claimed, claim } from '../lib/reseller.ts'
import { type Summary, writeSummary } from '../lib/summary.ts'
import { endWhenDown, soundThresholds, summaryTrendStats } from '../lib/thresholds.ts'
import { keys, type ListedName, listed, numberOf } from '../lib/world.ts'

// Names close one after the other, and each is claimed around its cut-off: by a rush before it, at the very moment, and
// after it. Whoever is late is refused, also where nobody else wanted the name.

const perSecond = numberOf('RATE', 60)
const answerMsMax = numberOf('ANSWER_MS_MAX', 500)

/**
 * When the claims on a name are sent, after its cut-off. Milliseconds. Of names of the first kind the rush takes all; those of
 * the second are claimed for the first time at the moment of the cut-off; those of the third a moment before it.
 */
const momentsMs = [
  [-2_000, -1_000, -500, -200, -50, -5, 5, 100],
  [0, 1, 2, 5, 10, 50, 200, 1_000],
  [-30, -10, -3, 0, 1, 3, 30, 300],
] as const
const claimsPerName = momentsMs[0].length
/** Each iteration is started so long before its name closes: longer than the earliest of the moments. Seconds. */
const aheadSeconds = 2.5
/** From the first moment to the last, and an answer. Seconds. */
const secondsMax = 8
const seconds = Math.ceil((listed.length * claimsPerName) / perSecond)

const won = new Counter('claims_won')
const wonLate = new Counter('claims_won_late')
const late = new Counter('claims_sent_late')
const closed = new Counter('claims_closed')
const taken = new Counter('claims_taken')

export const options = {
  summaryTrendStats,
  setupTimeout: '300s',
  scenarios: {
    claims: arriving({ exec: 'claimAround', perSecond, seconds, secondsMax, graceSeconds: 10 }),
  },
  thresholds: {
    ...soundThresholds,
    http_req_failed: endWhenDown,
    ...answeredWithin(answerMsMax),
    claims_won: ['count>0'],
    claims_taken: ['count>0'],
    claims_sent_late: ['count>0'],
    claims_closed: ['count>0'],
    // Nobody is secured after the cut-off: neither by when the claim was sent nor by when the service says it was secured.
    claims_won_late: ['count==0'],
  },
} satisfies Options

/** Waits for the first names to close. Throws when they have closed already. */
export async function setup(): Promise<void> {
  const waitSeconds = ((listed[0]?.cutoffAtMs ?? 0) - Date.now()) / 1_000 - aheadSeconds
  if (waitSeconds < 0) throw new Error(`the first name closed ${-waitSeconds} seconds too early`)
  await sleep(waitSeconds)
}

export async function claimAround(): Promise<void> {
  const turn = exec.scenario.iterationInTest
  const name = listed[Math.floor(turn / claimsPerName)]
  // The last second may start more than there are names.
  if (name === undefined) return
  const momentMs = name.cutoffAtMs + (momentsOf(turn)[turn % claimsPerName] ?? 0)
  await sleep(Math.max(0, momentMs - Date.now()) / 1_000)
  // An iteration that was started late, or whose name closed early, is measured from when it was due.
  const dueMs = Math.max(momentMs, dueAtMs(perSecond))
  await measureFromDue(dueMs, async () => {
    count(await claim(name.name, turn % keys.length, `${exec.scenario.startTime}-${turn}`), name)
  })
}

function momentsOf(turn: number): readonly number[] {
  return momentsMs[Math.floor(turn / claimsPerName) % momentsMs.length] ?? []
}

function count({ code, order, sentAtMs }: Claimed, { cutoffAtMs }: ListedName): void {
  const isLate = sentAtMs >= cutoffAtMs
  const isTaken = code === 'name_taken' || code === 'already_yours'
  const isClosed = code === 'cutoff_passed' || code === 'listing_closed'
  check(code, {
    'a claim is won, lost, or after the cut-off': () => order !== undefined || isTaken || isClosed,
    // The service reads the time after this clock was read, so nobody who is early can be told of the cut-off long before it.
    'nobody is refused before the cut-off': () => !isClosed || Date.now() >= cutoffAtMs,
    'what is secured has the cut-off of its list': () =>
      order === undefined || Date.parse(order.cutoff_at) === cutoffAtMs,
  })
  if (isLate) late.add(1)
  if (isTaken) taken.add(1)
  if (isClosed) closed.add(1)
  if (order === undefined) return
  won.add(1)
  const securedAtMs = Date.parse(order.secured_at ?? '')
  if (isLate || !(securedAtMs < cutoffAtMs)) wonLate.add(1)
}

export async function teardown(): Promise<void> {
  await countProof(0)
}

export function handleSummary(summary: Summary) {
  return writeSummary('cutoff', summary, [
    ['claims_won', 'claims_won', 'count', 'claims'],
    ['claims_taken', 'claims_taken', 'count', 'claims'],
    ['claims_closed', 'claims_closed', 'count', 'claims'],
    ['claims_sent_late', 'claims_sent_late', 'count', 'claims'],
    ['claims_won_late', 'claims_won_late', 'count', 'claims'],
  ])
}
