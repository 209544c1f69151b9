import { check } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'
import { line, type Metrics } from '../lib/request.ts'
import { authorization, nextListings } from '../lib/reseller.ts'

// Resellers race for names: several claims on each name arrive at a steady rate. For every name one is answered that it has
// it and the others that it is taken, whatever the load. Times are reported, not judged.

const market = {
  gateway: __ENV['GATEWAY'] ?? 'http://127.0.0.1:8080',
  /** API keys of the resellers, separated by commas. */
  keys: (__ENV['API_KEYS'] ?? '').split(','),
}
const ratePerSecond = Number(__ENV['RATE'] ?? 80)
const seconds = Number(__ENV['SECONDS'] ?? 10)

/** Claims on each name. */
const rivals = 4
const names = Math.floor((ratePerSecond * seconds) / rivals)

const won = new Counter('claims_won')
const taken = new Counter('claims_taken')
const unexpected = new Rate('claims_unexpected')
const wonMs = new Trend('claim_won_duration', true)
const takenMs = new Trend('claim_taken_duration', true)

export const options = {
  scenarios: {
    claims: {
      executor: 'constant-arrival-rate',
      rate: ratePerSecond,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: 200,
      maxVUs: 400,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    claims_unexpected: ['rate==0'],
    // A machine that is too slow drops iterations, and some names are left; none is won twice.
    claims_won: ['count>0', `count<=${names}`],
  },
}

type Data = { readonly names: readonly string[] }

/** Names that can be ordered, from the API itself. */
export async function setup(): Promise<Data> {
  const listings = await nextListings(market, names)
  return { names: listings.map(({ name }) => name) }
}

export default async function claim(data: Data): Promise<void> {
  const turn = exec.scenario.iterationInTest
  const name = data.names[Math.floor(turn / rivals)]
  // A last block that is not full has no name of its own.
  if (name === undefined) return
  const response = await http.asyncRequest(
    'POST',
    `${market.gateway}/v1/backorders`,
    JSON.stringify({ name, payment: 'balance' }),
    {
      headers: {
        ...authorization(market, turn),
        'Content-Type': 'application/json',
        'Idempotency-Key': `${Date.now()}-${turn}`,
      },
    },
  )
  const isWon = response.status === 201
  const isTaken =
    response.status === 409 && ['name_taken', 'already_yours'].includes(String(response.json('code')))
  check(response, {
    'has an answer': () => isWon || isTaken,
    'a won name is the one asked for': () => !isWon || response.json('name') === name,
  })
  unexpected.add(!isWon && !isTaken)
  if (isWon) {
    won.add(1)
    wonMs.add(response.timings.duration)
  } else if (isTaken) {
    taken.add(1)
    takenMs.add(response.timings.duration)
  }
}

/** JSON lines, as the benches print them. */
export function handleSummary({ metrics }: { readonly metrics: Metrics }) {
  const figure = (metric: string, name: string, key: string, unit: string) =>
    line('claims', metric, metrics[name]?.values[key], unit)
  const stdout = [
    figure('won', 'claims_won', 'count', 'claims'),
    figure('taken', 'claims_taken', 'count', 'claims'),
    figure('dropped', 'dropped_iterations', 'count', 'claims'),
    figure('rate', 'iterations', 'rate', 'claims/s'),
    ...['claim_won_duration', 'claim_taken_duration'].flatMap((name) => [
      figure(`${name}_p50`, name, 'med', 'ms'),
      figure(`${name}_p95`, name, 'p(95)', 'ms'),
    ]),
  ].join('')
  return { stdout }
}
