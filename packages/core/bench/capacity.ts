import { sql } from 'kysely'
import type { Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { advanceFeed } from '../src/events/feed.ts'
import { newId } from '../src/new-id.ts'
import { decideAll, orderAll, outcomeOf, settle, stockRegistryAccount } from './money/stock.ts'
import { reporter } from './support/measure.ts'
import { stockAccounts, stockNames, stockRegistry } from './support/stock.ts'

// `npm run bench -- capacity`: what a listing, an order, an attempt and an event cost, in time, in octets on disk (rows, indexes and TOAST) and in
// octets of write-ahead log, while so many listings are there; docs/capacity.md carries them on. Arguments: the database's URL, and the sizes.

const sizes = (process.argv[3] ?? '50000,250000,1000000').split(',').map(Number)
const LISTED_AT_ONCE = 50_000
const ORDERS = 2_000
const ACCOUNTS = 32
const CONNECTIONS = 16
const BATCH = 50
const BATCHES_AT_ONCE = 2
/** Attempts of a name in two runs: what lies between them is what the attempts cost. */
const [FEW, MANY] = [2, 22]

const report = reporter('capacity')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: CONNECTIONS, applicationName: 'bench-capacity' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
await stockRegistryAccount(ctx)
const accounts = await stockAccounts(ctx, ACCOUNTS)
let listed = 0
for (const size of sizes) await measureAt(size)
await db.destroy()

type Cost = { readonly ms: number; readonly octets: number; readonly walOctets: number }

async function measureAt(size: number): Promise<void> {
  const listing = await costOf(size - listed, async () => {
    for (; listed < size; listed += LISTED_AT_ONCE)
      await stockNames(ctx, Math.min(LISTED_AT_ONCE, size - listed))
  })
  reportCost(size, 'listing', listing)
  const few = await settled(size, FEW)
  const many = await settled(size, MANY)
  reportCost(size, 'order', few.order)
  reportCost(size, 'result', few.result)
  const between = (of: (cost: Cost) => number) => (of(many.result) - of(few.result)) / (MANY - FEW)
  reportCost(size, 'attempt', {
    ms: between(({ ms }) => ms),
    octets: between(({ octets }) => octets),
    walOctets: between(({ walOctets }) => walOctets),
  })
  await measureEvents(size)
}

/** Orders names and settles them, each with so many attempts. Time is of all connections together: its inverse is what the database does in a second. */
async function settled(size: number, attempts: number) {
  const names = await stockNames(ctx, ORDERS)
  listed += ORDERS
  const order = await costOf(ORDERS, () => orderAll(accounts, names, CONNECTIONS))
  // What was listed before stays as it is, so only these are ordered and fire.
  const decided = await decideAll(ctx, undefined, attempts)
  if (decided.length !== ORDERS) throw new Error(`${decided.length} targets fire at ${size}, not ${ORDERS}`)
  const outcomes = decided.map(outcomeOf)
  const result = await costOf(ORDERS, () => settle(ctx, outcomes, BATCH, BATCHES_AT_ONCE))
  return { order, result }
}

/** What the events of these orders take on disk, and how many are numbered a second. */
async function measureEvents(size: number): Promise<void> {
  const { rows } = await sql<{ count: number; octets: number }>`
    select count(*)::float8 as count, pg_total_relation_size('event')::float8 as octets from event`.execute(
    db,
  )
  const { count = 0, octets = 0 } = rows[0] ?? {}
  report(`event_octets_at_${size}`, octets / count, 'octets')
  const startedMs = performance.now()
  let numbered = 0
  for (let done = -1; done !== 0; numbered += done) done = await advanceFeed(ctx)
  if (numbered > 0) report(`event_ms_at_${size}`, (performance.now() - startedMs) / numbered, 'ms')
}

async function costOf(count: number, work: () => Promise<unknown>): Promise<Cost> {
  await sql`checkpoint`.execute(db)
  const before = await readSizes()
  const startedMs = performance.now()
  await work()
  const ms = performance.now() - startedMs
  const after = await readSizes()
  return {
    ms: ms / count,
    octets: (after.octets - before.octets) / count,
    walOctets: (after.walOctets - before.walOctets) / count,
  }
}

async function readSizes(): Promise<{ readonly octets: number; readonly walOctets: number }> {
  const { rows } = await sql<{ octets: number; walOctets: number }>`
    select sum(pg_total_relation_size(oid))::float8 as octets, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as "walOctets"
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db)
  const [sizesNow] = rows
  if (sizesNow === undefined) throw new Error('no sizes')
  return sizesNow
}

function reportCost(size: number, of: string, { ms, octets, walOctets }: Cost): void {
  report(`${of}_ms_at_${size}`, ms, 'ms')
  report(`${of}_octets_at_${size}`, octets, 'octets')
  report(`${of}_wal_octets_at_${size}`, walOctets, 'octets')
}
