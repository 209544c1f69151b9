import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { issueApiKey } from '@droplock/core/api-keys'
import { countBuffers, recording } from '@droplock/core/bench/search/buffers'
import { stockListings, unstock } from '@droplock/core/bench/search/stock'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { actFor, asService } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { openReads } from '@droplock/core/database/reads'
import { searchListings } from '@droplock/core/listings/search'
import { newId } from '@droplock/core/new-id'
import { Pool } from 'undici'
import { readSearch } from '../src/resources/listing-filters.ts'
import { listingOperations } from '../src/resources/listings.ts'
import { startServer } from './gateway/start-server.ts'
import { measureHostility } from './search/hostility.ts'
import { measureIndexes } from './search/indexes.ts'
import { measureOperators } from './search/operators.ts'
import { type Asked, commonest, deepest, hostile } from './search/queries.ts'

// `npm run bench -- search`: the ten commonest filters of buyers at 5,000,000 listings, made by SQL, and at a tenth of them; then the
// operators' lists, the sweeps, the indexes, and orders beside hostile searches. Times are of the gateway's HTTP, from request to
// answer; buffers are the pages that the statements of a search read. Arguments: the database's URL, and `--rows N` for fewer.

const ROWS = 5_000_000
/** How often each search is made. */
const TIMES = 40
const WARM_UP_TIMES = 5
/** A deep page: so many pages after the first. */
const DEEP_PAGES = 30

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rows: { type: 'string' } } })
const url = positionals[0] ?? ''
const rows = Number(values.rows ?? ROWS)
const report = reporter('search')

await migrate(url)
const db = openDatabase({ url, connectionsMax: 4, applicationName: 'bench-search' })
const { query: Query } = listingOperations.searchListings.request
const reads = openReads({ url, connectionsMax: 1, applicationName: 'bench-search-reads' })
const ctx = { db, newId }
for (const size of [Math.round(rows / 10), rows]) {
  const { live } = await stockListings(db, size)
  report(`listings_${size}_live`, live, '1')
  const gateway = await startServer('../../src/main.ts', { DATABASE_URL: url, NODE_ENV: 'production' })
  const pool = new Pool(gateway.url, { connections: 1, pipelining: 1 })
  const key = await stockKey()
  for (const asked of [...commonest, ...hostile]) await measure(pool, key, size, asked)
  await pool.close()
  if (size === rows) {
    await measureOperators(ctx, reads, report)
    await measureIndexes(db, report)
    const keys = await Promise.all(Array.from({ length: 20 }, stockKey))
    await measureHostility(ctx, gateway.url, keys, report)
  }
  await gateway.stop()
  await unstock(db)
}
await Promise.all([db.destroy(), reads.destroy()])

async function measure(
  pool: Pool,
  key: string,
  size: number,
  { name, query, isAbsent, isHostile }: Asked,
): Promise<void> {
  const first: number[] = []
  const deep: number[] = []
  let refused = 0
  const { found, cursor: afterwards } = await deepest(pool, key, query, DEEP_PAGES)
  if (found === (isAbsent ?? false) && !isHostile)
    throw new Error(`${query} finds ${found ? 'names' : 'nothing'}`)
  for (let time = -WARM_UP_TIMES; time < TIMES; time += 1) {
    const ofFirst = await timed(pool, key, query)
    const ofDeep =
      afterwards === undefined ? undefined : await timed(pool, key, `${query}&cursor=${afterwards}`)
    if (time < 0) continue
    first.push(ofFirst.tookMs)
    if (ofFirst.refused) refused += 1
    if (ofDeep !== undefined) deep.push(ofDeep.tookMs)
  }
  // A hostile search may be ended and refused, and then its pages cannot be counted either.
  if (isHostile) report(`${size}_${name}_refused`, refused, 'searches')
  else if (size === rows) report(`${size}_${name}_buffers`, await buffersOf(query), '8 kB')
  const aim = isHostile || size < rows ? undefined : { max: 20 }
  report(`${size}_${name}_p50`, quantile(first, 0.5), 'ms')
  report(`${size}_${name}_p95`, quantile(first, 0.95), 'ms', aim)
  if (deep.length > 0) report(`${size}_${name}_deep_p95`, quantile(deep, 0.95), 'ms', aim)
}

/** The pages that the statements of a search read. */
async function buffersOf(query: string): Promise<number> {
  const { db: recorded, asked } = recording(db)
  const search = readSearch(Query.parse(Object.fromEntries(new URLSearchParams(query))))
  const scopes = ['listings:read'] as const
  const actor = { kind: 'account', accountId: newId(), keyId: newId(), scopes, currency: 'USD' } as const
  await searchListings(actFor({ db: recorded, newId }, actor), search)
  return countBuffers(
    reads.within({ signal: new AbortController().signal, untilMs: Number.POSITIVE_INFINITY }),
    asked,
  )
}

async function timed(pool: Pool, key: string, query: string) {
  const startedMs = performance.now()
  const { statusCode, body } = await pool.request({
    method: 'GET',
    path: `/v1/listings?${query}`,
    headers: { authorization: `Bearer ${key}` },
  })
  await body.text()
  if (statusCode !== 200 && statusCode !== 422) throw new Error(`${query} was answered with ${statusCode}`)
  return { tookMs: performance.now() - startedMs, refused: statusCode === 422 }
}

/** A key of an account with money. */
async function stockKey(): Promise<string> {
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 10n ** 12n, receiptId: newId() })
  const key = `dlk_test_bench-${newId()}`
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(ctx), {
    accountId,
    label: 'bench',
    scopes: ['listings:read', 'backorders:write'],
    keySha256,
  })
  return key
}
