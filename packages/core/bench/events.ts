import { sql } from 'kysely'
import { placeBackorder } from '../src/backorders/place.ts'
import type { AccountContext, Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { inTransaction } from '../src/database/transaction.ts'
import { advanceFeed, EVENTS_CHANNEL, followEvents } from '../src/events/feed.ts'
import { publish } from '../src/events/publish.ts'
import { newId } from '../src/new-id.ts'
import { inTurns, quantile, rateOf, reporter } from './support/measure.ts'
import { stockAccounts, stockNames, stockRegistry } from './support/stock.ts'

// `npm run bench -- events`: events written a second, with a NOTIFY in each transaction and without; how many are numbered a
// second; and how long after its commit an event reaches a reader. Arguments: the database's URL.

const CONNECTIONS = 16
const TURNS = 5
const EVENTS_PER_TURN = 2_000
/** As the worker looks. */
const ADVANCE_MS = 200
const LATENCIES = 100

const report = reporter('events')

const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: CONNECTIONS + 4, applicationName: 'bench-events' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
const backorderIds = await stockOrders()
await compareNotify()
await measureNumbering()
await measureLatency()
await db.destroy()

/** Writers of other orders and accounts do not wait for each other. */
async function stockOrders(): Promise<readonly string[]> {
  const accounts = await stockAccounts(ctx, CONNECTIONS)
  const names = await stockNames(ctx, CONNECTIONS)
  const place = (account: AccountContext, index: number) =>
    placeBackorder(account, { name: names[index] ?? '', payment: 'balance' })
  return Promise.all(accounts.map(async (account, index) => (await place(account, index)).id))
}

async function write(index: number, isNotifying = false): Promise<void> {
  await inTransaction(db, async (tx) => {
    await publish(tx, ctx, 'backorder.rescheduled', backorderIds[index % CONNECTIONS] ?? '')
    if (isNotifying) await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(tx)
    else await sql`select 1`.execute(tx)
  })
}

function writeRate(isNotifying: boolean): Promise<number> {
  const events = Array.from({ length: EVENTS_PER_TURN }, () => undefined)
  return rateOf(events, CONNECTIONS, (_, index) => write(index, isNotifying))
}

/** With as many statements. */
async function compareNotify(): Promise<void> {
  const rates = await inTurns(
    TURNS,
    () => writeRate(true),
    () => writeRate(false),
  )
  report('written_per_second', rates.bare, '1/s')
  report('written_per_second_with_notify', rates.ours, '1/s')
  report('ratio_with_notify', rates.ratio, '1')
}

async function measureNumbering(): Promise<void> {
  const startedMs = performance.now()
  let numbered = 0
  for (let count = -1; count !== 0; numbered += count) count = await advanceFeed(ctx)
  report('numbered_per_second', (numbered * 1_000) / (performance.now() - startedMs), '1/s')
}

/** One at a time, each at another moment between two looks. */
async function measureLatency(): Promise<void> {
  const stop = new AbortController()
  const advancing = setInterval(() => void advanceFeed(ctx), ADVANCE_MS)
  const followed = followEvents(ctx, {
    directUrl: url,
    applicationName: 'bench-events-listen',
    pollMs: 60_000,
    signal: stop.signal,
  })
  const latencies: number[] = []
  const next = followed.next()
  await write(0)
  await next
  while (latencies.length < LATENCIES) {
    await write(latencies.length)
    const committedMs = performance.now()
    await followed.next()
    latencies.push(performance.now() - committedMs)
  }
  clearInterval(advancing)
  stop.abort()
  await followed.return(undefined)
  report('commit_to_reader_p50', quantile(latencies, 0.5), 'ms')
  report('commit_to_reader_p99', quantile(latencies, 0.99), 'ms', { max: 1_000 })
}
