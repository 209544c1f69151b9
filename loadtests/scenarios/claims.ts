import { check } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'

// Resellers race for names: several claims on each name arrive at a steady rate. For every name one is told that it has
// it and the others that it is taken, whatever the load. Times are reported, not judged.

const gateway = __ENV['GATEWAY'] ?? 'http://127.0.0.1:8080'
/** API keys of the resellers, separated by commas. */
const keys = (__ENV['API_KEYS'] ?? '').split(',')
const ratePerSecond = Number(__ENV['RATE'] ?? 80)
const seconds = Number(__ENV['SECONDS'] ?? 10)

/** Claims that fight for one name. */
const rivals = 4
/** The largest page of the API. */
const pageSize = 200
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
type Page = { readonly items: readonly { readonly name: string }[]; readonly next?: string }

/** Names that can be ordered, from the API itself. */
export async function setup(): Promise<Data> {
  const found: string[] = []
  let after = ''
  while (found.length < names) {
    const response = await http.asyncRequest(
      'GET',
      `${gateway}/v1/listings?limit=${pageSize}${after}`,
      null,
      {
        headers: { Authorization: `Bearer ${keys[0]}` },
      },
    )
    if (response.status !== 200) throw new Error(`the listings answered ${response.status}: ${response.body}`)
    const page = response.json() as unknown as Page
    found.push(...page.items.map(({ name }) => name))
    if (page.next === undefined) break
    after = `&cursor=${page.next}`
  }
  if (found.length < names) throw new Error(`there are ${found.length} open listings, ${names} are needed`)
  return { names: found.slice(0, names) }
}

export default async function claim(data: Data): Promise<void> {
  const turn = exec.scenario.iterationInTest
  const name = data.names[Math.floor(turn / rivals)]
  // A last block that is not full has no name of its own.
  if (name === undefined) return
  const response = await http.asyncRequest(
    'POST',
    `${gateway}/v1/backorders`,
    JSON.stringify({ name, payment: 'balance' }),
    {
      headers: { Authorization: `Bearer ${keys[turn % keys.length]}`, 'Content-Type': 'application/json' },
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

type Metric = { readonly values: Readonly<Record<string, number>> }

const line = (metric: string, value: number | undefined, unit: string) =>
  `${JSON.stringify({ loadtest: 'claims', metric, value: value ?? 0, unit })}\n`

/** JSON lines, as the benches print them. */
export function handleSummary({ metrics }: { readonly metrics: Readonly<Record<string, Metric>> }) {
  const rounded = (name: string, key: string) => Math.round((metrics[name]?.values[key] ?? 0) * 100) / 100
  const stdout = [
    line('won', metrics['claims_won']?.values['count'], 'claims'),
    line('taken', metrics['claims_taken']?.values['count'], 'claims'),
    line('dropped', metrics['dropped_iterations']?.values['count'], 'claims'),
    line('rate', rounded('iterations', 'rate'), 'claims/s'),
    ...['claim_won_duration', 'claim_taken_duration'].flatMap((name) => [
      line(`${name}_p50`, rounded(name, 'med'), 'ms'),
      line(`${name}_p95`, rounded(name, 'p(95)'), 'ms'),
    ]),
  ].join('')
  return { stdout }
}
