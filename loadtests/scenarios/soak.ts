import type { Options } from 'k6/options'
import { answeredWithin } from '../lib/arrivals.ts'
import { countProof } from '../lib/operator.ts'
import { ordinaryDay, placeOrders } from '../lib/ordinary-day.ts'
import { countFigures, trendThresholds } from '../lib/side-car.ts'
import { type Summary, writeSummary } from '../lib/summary.ts'
import { endWhenDown, soundThresholds, summaryTrendStats } from '../lib/thresholds.ts'
import { numberOf } from '../lib/world.ts'

// An ordinary day for as long as is asked for. What is judged besides the answers is whether anything grows: the memory of each
// app, and the time that answers take.

const perSecond = numberOf('RATE', 100)
const seconds = numberOf('SECONDS', 600)
const answerMsMax = numberOf('ANSWER_MS_MAX', 250)
/** From the second fifth of the run to the last: the first is for what is compiled, cached and pooled. */
const growthMax = numberOf('GROWTH_MAX', 0.25)
const driftMax = numberOf('DRIFT_MAX', 1.5)

/** What must not grow. The database is left out: what it has cached grows with its tables. */
const apps = ['gateway', 'console-api', 'worker', 'catcher'] as const

const day = ordinaryDay(perSecond, seconds)

export const options = {
  summaryTrendStats,
  setupTimeout: '120s',
  teardownTimeout: '240s',
  scenarios: day.scenarios,
  thresholds: {
    ...soundThresholds,
    http_req_failed: endWhenDown,
    ...answeredWithin(answerMsMax),
    claims_won: ['count>0'],
    'events_seen{via:sse,result:secured}': ['count>0'],
    'events_seen{via:webhook,result:secured}': ['count>0'],
    event_faults: ['count==0'],
    ...trendThresholds(apps, { growthMax, driftMax }),
  },
} satisfies Options

export const warm = day.users.warm
export const search = day.users.search
export const listing = day.users.listing
export const order = day.users.order
export const orders = day.users.orders
export const account = day.users.account
export const claim = day.users.claim

export const setup = placeOrders

export async function teardown(): Promise<void> {
  await countProof(0)
  await countFigures()
}

export function handleSummary(summary: Summary) {
  return writeSummary('soak', summary, [
    ...apps.map((app) => [`memory_growth_${app}`, `memory_growth{app:${app}}`, 'value', 'share'] as const),
    ['latency_drift', 'latency_drift', 'value', 'times'],
    ['claims_won', 'claims_won', 'count', 'claims'],
  ])
}
