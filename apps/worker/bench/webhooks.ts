import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { stockAccounts, stockRegistry } from '@droplock/core/bench/support/stock'
import { actFor, type Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { inTransaction } from '@droplock/core/database/transaction'
import { claimDueDeliveries } from '@droplock/core/deliveries/claim-due'
import { publish } from '@droplock/core/events/publish'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { createEndpoint } from '@droplock/core/webhook-endpoints/create'
import { newSecretSalt, webhookSecretKeyOf } from '@droplock/core/webhook-endpoints/secret'
import { scopes } from '@droplock/rules/accounts'

// `npm run bench -- webhooks`: 200 events a second to 200 endpoints of as many accounts, ten of which accept a connection and never answer:
// how long after its commit an event arrives at the others, by the worker as it is run. Then how long a claim takes while 1,000,000
// deliveries wait for ten that are dead. Arguments: the database's URL, seconds, waiting deliveries.

const ENDPOINTS = 200
const DEAD = 10
const EVENTS_PER_SECOND = 200
const SECONDS = Number(process.argv[3] ?? 25)
const WAITING = Number(process.argv[4] ?? 1_000_000)
/** Fewer than living endpoints: each claim is of another one, as a receiver gets few at the same time. */
const CLAIMS = 150
/** A little more than the time-out of an attempt. */
const KNOWN_DEAD_MS = 16_000
const ARRIVE_MS_MAX = 30_000
const KEY = 'a key of more than thirty-two characters'

const report = reporter('webhooks')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 10, applicationName: 'bench-webhooks' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
const arrivedAt = new Map<string, number>()
const living = await serve((request, response) => {
  arrivedAt.set(String(request.headers['webhook-id']), performance.now())
  request.resume().on('end', () => response.writeHead(204).end())
})
const dead = await serve((request) => void request.resume())
const accounts = await stockAccounts(ctx, ENDPOINTS)
const key = webhookSecretKeyOf(KEY)
for (const [index, { actor }] of accounts.entries()) {
  const account = actFor(ctx, { ...actor, scopes })
  const at = index < DEAD ? dead.url : living.url
  await createEndpoint(account, { url: `${at}/${index}`, secret: { salt: newSecretSalt(), keyId: key.id } })
}
const worker = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'main.ts')], {
  env: {
    ...process.env,
    DATABASE_URL: url,
    DROPLOCK_WEBHOOK_SECRET_KEY: KEY,
    DROPLOCK_WEBHOOK_LOOPBACK: 'on',
    DROPLOCK_LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
})
// The worker has started, and the dead are known to be dead.
const first = new Map<string, number>()
for (let index = 0; index < ENDPOINTS; index += 1) await publishOne(index, first)
await allArrived(first)
await delay(KNOWN_DEAD_MS)
const committedAt = await publishEvents()
await allArrived(committedAt)
const ended = once(worker, 'exit')
worker.kill('SIGKILL')
await ended
const seconds = [...committedAt].map(([id, at]) => ((arrivedAt.get(id) ?? Infinity) - at) / 1_000)
report('sent', seconds.length, 'events', {
  min: (SECONDS * EVENTS_PER_SECOND * (ENDPOINTS - DEAD)) / ENDPOINTS,
})
report('lost', seconds.filter((each) => each === Infinity).length, 'events', { max: 0 })
report('commit_to_receipt_p50', quantile(seconds, 0.5), 's')
report('commit_to_receipt_p99', quantile(seconds, 0.99), 's', { max: 2 })
report('commit_to_receipt_max', quantile(seconds, 1), 's')
await measureClaims()
living.close()
dead.close()
await db.destroy()

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() }
}

/** At a steady pace, to all accounts in turn. Returns when those of the living were committed. */
async function publishEvents(): Promise<ReadonlyMap<string, number>> {
  const committed = new Map<string, number>()
  const writing: Promise<void>[] = []
  const startedMs = performance.now()
  for (let index = 0; index < SECONDS * EVENTS_PER_SECOND; index += 1) {
    const waitMs = startedMs + (index * 1_000) / EVENTS_PER_SECOND - performance.now()
    if (waitMs > 0) await delay(waitMs)
    writing.push(publishOne(index % ENDPOINTS, committed))
  }
  await Promise.all(writing)
  return committed
}

async function publishOne(index: number, committed: Map<string, number>): Promise<void> {
  const id = newId()
  const accountId = accounts[index]?.actor.accountId ?? ''
  await inTransaction(db, (tx) => publish(tx, { ...ctx, newId: () => id }, 'balance.low', accountId))
  if (index >= DEAD) committed.set(id, performance.now())
}

async function allArrived(committed: ReadonlyMap<string, number>): Promise<void> {
  const untilMs = performance.now() + ARRIVE_MS_MAX
  while (performance.now() < untilMs && [...committed.keys()].some((id) => !arrivedAt.has(id)))
    await delay(100)
}

/** Ten receivers that are left alone, and as many deliveries as asked for to them. */
async function measureClaims(): Promise<void> {
  await onServer(url, async (client) => {
    await client.query(`insert into event (id, topic, account_id, subject_id, data, position)
      select gen_random_uuid(), 'backorder.secured', (select min(id::text)::uuid from account), gen_random_uuid(), '{}', 10000000 + n
      from generate_series(1, ${WAITING / DEAD}) as n`)
    await client.query(`insert into event_delivery (event_id, receiver_id, subject_id, position)
      select event.id, receiver_id, subject_id, position from event,
        (select receiver_id from receiver_queue where failures > 0 limit ${DEAD}) as dead where position > 10000000`)
    // What the killed worker was sending.
    await client.query(`update event_delivery set state = 'delivered', decided_at = clock_timestamp(), waits = false
      where state = 'pending' and position < 10000000`)
    await client.query(`update receiver_queue set not_before = clock_timestamp() + interval '1 day', due_at = clock_timestamp() + interval '1 day'
      where failures > 0`)
    await client.query('analyze event_delivery, event, receiver_queue')
  })
  const waiting = await db
    .selectFrom('event_delivery')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  report('waiting', Number(waiting.count), 'deliveries')
  for (const kind of ['one', 'nothing'] as const) {
    const ms: number[] = []
    for (let claim = 0; claim < CLAIMS; claim += 1) {
      if (kind === 'one')
        await onServer(url, (client) =>
          client.query(`with next as (
        select delivery.id, delivery.receiver_id from event_delivery as delivery join receiver_queue as queue on queue.receiver_id = delivery.receiver_id
        where delivery.state = 'delivered' and queue.failures = 0 and not exists (
          select from event_delivery as other where other.receiver_id = queue.receiver_id and other.state = 'pending') limit 1), again as (
        update event_delivery set state = 'pending', decided_at = null, try_after = clock_timestamp(), taken_by = null from next where event_delivery.id = next.id)
        update receiver_queue set due_at = clock_timestamp() from next where receiver_queue.receiver_id = next.receiver_id`),
        )
      const startedMs = performance.now()
      const claimed = await claimDueDeliveries(ctx, { owner: newId(), kinds: ['webhook'], limit: 64 })
      ms.push(performance.now() - startedMs)
      if (claimed.length !== (kind === 'one' ? 1 : 0)) throw new Error(`${claimed.length} were claimed`)
    }
    report(`claim_of_${kind}_p50`, quantile(ms, 0.5), 'ms')
    report(`claim_of_${kind}_p99`, quantile(ms, 0.99), 'ms', { max: 10 })
  }
}
