import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { type Client, createClient } from '@droplock/sdk/client'
import { followEvents } from '@droplock/sdk/events'
import { pages } from '@droplock/sdk/pages'
import { verifyWebhook } from '@droplock/sdk/verify-webhook'
import { type EnvironmentPlan, startEnvironment } from '../src/environment/environment.ts'
import { simulatorAt } from '../src/environment/simulator.ts'
import { makeOutput } from '../src/launch/output.ts'
import { listOf, namesOf, publishList, zones } from '../src/loadtest/lists.ts'
import { waitUntil } from '../src/processes/wait-until.ts'

// `npm run bench -- event-latency`: how long after a registry's answer a reseller is notified that a name was caught. Gateway, worker, catcher and
// simulator are processes; the reseller follows its events by the SDK, and has a webhook endpoint. Names drop one after the other, ten a second. The answer's time is that
// of the attempt: sent by the clock of this machine, and the round trip. Arguments: the database's URL, which is not used, and how many names.

const names = Number(process.argv[3] ?? 150)
const NAMES_PER_SECOND = 10
const REGISTRY = 'burst'
/** To order all names before the first of them closes. */
const ORDER_MS = 15_000
const CUTOFF_SECONDS = 3
const DECIDED_MS_MAX = 30_000

const plan = {
  name: 'bench-events',
  firstPort: 18_900,
  durable: true,
  registries: [
    {
      id: REGISTRY,
      sessionsMax: 6,
      commandsPerSecondMax: 250,
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
  apps: { 'registry-sim': {}, gateway: {}, worker: {}, catcher: {} },
} as const satisfies EnvironmentPlan

const report = reporter('event-latency')
const stopping = new AbortController()
await using environment = await startEnvironment(plan, makeOutput(process.stderr, true), stopping.signal)
const firstAt = new Date(Date.now() + ORDER_MS + 1_000 * CUTOFF_SECONDS)
const planned = namesOf('burst', names, firstAt, NAMES_PER_SECOND)
const drops = planned.map(({ name, dropAt }) => ({ name, purgeAt: dropAt, ending: 'uncontested' as const }))
await simulatorAt(environment.urlOf('registry-sim')).load(REGISTRY, drops, false)
await publishList(environment.ctx, REGISTRY, listOf(planned))

const options = { baseUrl: environment.urlOf('gateway'), apiKey: environment.resellers[0]?.apiKey ?? '' }
const client = createClient(options)
const toldAt = new Map<string, number>()
const postedAt = new Map<string, number>()
const following = follow()
const receiver = await receive()
for (const { name } of drops) await client.post('/v1/backorders', { body: { name, payment: 'balance' } })
const lastAt = drops.at(-1)?.purgeAt.getTime() ?? 0
await waitUntil(
  'the news of every name',
  lastAt - Date.now() + DECIDED_MS_MAX,
  stopping.signal,
  async () => toldAt.size === names && postedAt.size === names,
)
stopping.abort()
await following
receiver.close()
receiver.closeAllConnections()
const [seconds, posted]: [number[], number[]] = [[], []]
for (const [id, at] of toldAt) {
  const from = await answeredAt(client, id)
  seconds.push((at - from) / 1_000)
  posted.push(((postedAt.get(id) ?? Number.POSITIVE_INFINITY) - from) / 1_000)
}
report('caught', seconds.length, 'names', { min: 100 })
report('registry_to_stream_p50', quantile(seconds, 0.5), 's')
report('registry_to_stream_p99', quantile(seconds, 0.99), 's', { max: 1 })
report('registry_to_stream_max', quantile(seconds, 1), 's')
report('registry_to_webhook_p50', quantile(posted, 0.5), 's')
report('registry_to_webhook_p99', quantile(posted, 0.99), 's', { max: 1 })
report('registry_to_webhook_max', quantile(posted, 1), 's')

/** A server of the reseller's, which verifies what it is sent. */
async function receive() {
  let secret = ''
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const event = verifyWebhook(body, request.headers, secret)
    if (event.type === 'backorder.successful' && !postedAt.has(event.data.id))
      postedAt.set(event.data.id, Date.now())
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  const wanted = { url: `http://127.0.0.1:${port}/`, topics: ['backorder.successful'] } as const
  const made = await client.post('/v1/webhook-endpoints', { body: wanted })
  secret = made.secret ?? ''
  return server
}

async function follow(): Promise<void> {
  const types = ['backorder.successful'] as const
  for await (const event of followEvents({ ...options, types, signal: stopping.signal }))
    if (event.type === 'backorder.successful') toldAt.set(event.data.id, Date.now())
}

/** When the registry answered the create that decided the order. Milliseconds. */
async function answeredAt(from: Client, id: string): Promise<number> {
  for await (const attempt of pages(from, '/v1/backorders/{id}/attempts', { params: { path: { id } } }))
    if (attempt.decided) return new Date(attempt.sent_at).getTime() + (attempt.round_trip_ms ?? 0)
  throw new Error(`${id} has no attempt that decided it`)
}
