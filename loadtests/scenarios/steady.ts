import type { Options } from 'k6/options'
import { answeredWithin } from '../lib/arrivals.ts'
import { countProof } from '../lib/operator.ts'
import { mixOf, ordinaryDay, placeOrders } from '../lib/ordinary-day.ts'
import { countFigures } from '../lib/side-car.ts'
import { type Summary, writeSummary } from '../lib/summary.ts'
import { endWhenDown, soundThresholds, summaryTrendStats } from '../lib/thresholds.ts'
import { numberOf } from '../lib/world.ts'

// The requests of an ordinary day at a constant rate: searches, listings, orders, lists, accounts, and some claims. Streams and
// webhooks of all resellers are open beside it.

const perSecond = numberOf('RATE', 400)
const seconds = numberOf('SECONDS', 60)
const answerMsMax = numberOf('ANSWER_MS_MAX', 250)
const visibleMsMax = numberOf('VISIBLE_MS_MAX', 1_000)

const mix = mixOf(__ENV['MIX'])
const day = ordinaryDay(perSecond, seconds, mix)

export const options = {
  summaryTrendStats,
  setupTimeout: '120s',
  teardownTimeout: '240s',
  scenarios: day.scenarios,
  thresholds: {
    ...soundThresholds,
    http_req_failed: endWhenDown,
    ...Object.fromEntries(day.kinds.flatMap((kind) => Object.entries(answeredWithin(answerMsMax, kind)))),
    ...(mix === 'day' && { claims_won: ['count>0'] }),
    'event_p95{via:sse,result:secured}': [`value<${visibleMsMax}`],
    'events_seen{via:sse,result:secured}': ['count>0'],
    'events_seen{via:webhook,result:secured}': ['count>0'],
    event_faults: ['count==0'],
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
  return writeSummary('steady', summary, [
    ...day.kinds.map((kind) => [`${kind}_p95`, `from_due{scenario:${kind}}`, 'p(95)', 'ms'] as const),
    ['claims_won', 'claims_won', 'count', 'claims'],
    ['sse_p95', 'event_p95{via:sse,result:secured}', 'value', 'ms'],
  ])
}
