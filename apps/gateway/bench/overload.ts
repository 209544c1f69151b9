import { setTimeout as wait } from 'node:timers/promises'
import { quantile, rateOf, reporter } from '@droplock/core/bench/support/measure'
import { liftLimits, stockKeys, stockNames, stockRegistry } from '@droplock/core/bench/support/stock'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { Pool } from 'undici'
import { placeOrder } from './gateway/place-order.ts'
import { startServer } from './gateway/start-server.ts'

// `npm run bench -- overload`: orders come at a multiple of the rate that the gateway takes, whether or not those before are answered. What is
// answered in time, beside the rate that it takes at its best; with its bound (REQUESTS_AT_ONCE_MAX), and without. Arguments: the database's URL.
// The load comes from this process, which takes its share of the machine.

const ACCOUNTS = 100
const AT_BEST = 2_000
const CONCURRENCY = 32
const MULTIPLES = [1, 2, 4] as const
const SECONDS = 6
/** A client gives up after this. Milliseconds. */
const PATIENCE_MS = 3_000
const CONNECTIONS = 3_000

const report = reporter('overload')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 8, applicationName: 'bench-overload' })
const ctx = { db, newId }
await stockRegistry(ctx)
const keys = await stockKeys(ctx, ACCOUNTS)
await liftLimits(ctx)
const environment = {
  DATABASE_URL: url,
  CONNECTIONS_MAX: '20000',
  CONNECTIONS_PER_SOURCE_MAX: '20000',
  NODE_ENV: 'production',
}
const best = await measureBest()
report('orders_per_second_at_best', best, '1/s')
for (const [name, settings] of [
  ['bounded', {}],
  ['unbounded', { REQUESTS_AT_ONCE_MAX: '100000' }],
] as const)
  for (const multiple of MULTIPLES) await overload(name, settings, multiple)
const { balanceMismatches } = await proveLedger(db)
if (balanceMismatches > 0) throw new Error('the ledger does not add up')
await db.destroy()

async function measureBest(): Promise<number> {
  const server = await startServer('../../src/main.ts', environment)
  const pool = new Pool(server.url, { connections: CONCURRENCY, pipelining: 1 })
  let rate = 0
  // The first warms up.
  for (const count of [AT_BEST / 2, AT_BEST]) {
    const names = await stockNames(ctx, count)
    rate = await rateOf(names, CONCURRENCY, async (name, index) => {
      const status = await order(pool, name, index)
      if (status !== 201) throw new Error(`an answer was ${status}`)
    })
  }
  await pool.close()
  await server.stop()
  return rate
}

async function overload(name: string, settings: Record<string, string>, multiple: number): Promise<void> {
  const server = await startServer('../../src/main.ts', { ...environment, ...settings })
  const pool = new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 })
  const perSecond = multiple * best
  const names = await stockNames(ctx, Math.ceil(perSecond * SECONDS))
  await warm(pool)
  const takenMs: number[] = []
  const refusedMs: number[] = []
  let late = 0
  const underWay: Promise<void>[] = []
  const startedMs = performance.now()
  const dueMs = (index: number) => startedMs + (1_000 * index) / perSecond
  for (const [index, each] of names.entries()) {
    // In batches: a timer for each would be slower than the load.
    if (dueMs(index) > performance.now()) await wait(1)
    const send = async () => {
      const status = await order(pool, each, index).catch(() => 0)
      const tookMs = performance.now() - dueMs(index)
      if (status === 201 && tookMs <= PATIENCE_MS) takenMs.push(tookMs)
      else if (status === 503) refusedMs.push(tookMs)
      else late += 1
    }
    underWay.push(send())
  }
  await Promise.all(underWay)
  const tookSeconds = (performance.now() - startedMs) / 1_000
  const prefix = `${name}_${multiple}x_`
  report(`${prefix}answered_in_time_to_best`, takenMs.length / tookSeconds / best, '1')
  if (takenMs.length > 0) report(`${prefix}taken_p99`, quantile(takenMs, 0.99), 'ms')
  report(`${prefix}refused_share`, refusedMs.length / names.length, '1')
  if (refusedMs.length > 0) report(`${prefix}refused_p99`, quantile(refusedMs, 0.99), 'ms')
  report(`${prefix}too_late_share`, late / names.length, '1')
  await pool.destroy()
  await server.stop()
}

/** Opens the connections, so that what is measured is orders. */
async function warm(pool: Pool): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS / 4 }, async () => {
      const { body } = await pool.request({ method: 'GET', path: '/healthz' })
      await body.dump()
    }),
  )
}

function order(pool: Pool, name: string, index: number): Promise<number> {
  return placeOrder(pool, keys[index % keys.length], name, 2 * PATIENCE_MS)
}
