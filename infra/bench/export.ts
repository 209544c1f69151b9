import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { stockOrders } from '@droplock/core/bench/console/stock'
import { reporter } from '@droplock/core/bench/support/measure'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { addPeople, people } from '../src/console/fixture/people.ts'
import { defineRegistries } from '../src/console/fixture/registries.ts'
import { startEnvironment } from '../src/environment/environment.ts'
import { makeBriefOutput } from '../src/launch/output.ts'
import { makeRoles } from '../src/postgres/cluster.ts'
import { readUsage } from './dropday/usage.ts'

// `npm run bench -- export`: lists of 1,000,000 rows as files (ADR 43) and the ledger, from the console-api process over HTTP: how fast,
// and what the process holds meanwhile, which must not grow with the file. Arguments: the database's URL; `--rows N` for fewer orders.

const ROWS = 1_000_000
const FIRST_PORT = 18_400
const METRICS_PORT = 18_490
const MIB = 1_048_576
/** While one file is read after another; a file has hundreds. */
const GROWTH_MIB_MAX = 100
/** Of what is read; a collection of garbage is a matter of seconds. */
const SAMPLE_MS = 500
/** The slow reader, and when it goes away. */
const SLOW_MS = 50
const SLOW_PIECES = 200

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string' } },
})
const url = positionals[0] ?? ''
const rows = Number(values.rows ?? ROWS)
const report = reporter('export')

await migrate(url)
const urls = await makeRoles(url)
const db = openDatabase({ url, connectionsMax: 2, applicationName: 'bench-export' })
const ctx = { db, newId }
await defineRegistries(ctx)
await addPeople(ctx)
await stockOrders(db, rows, { isMoneyAlone: true })
const metrics = { DROPLOCK_METRICS_HOST: '127.0.0.1', DROPLOCK_METRICS_PORT: String(METRICS_PORT) }
const environment = await startEnvironment(
  {
    name: 'bench-export',
    firstPort: FIRST_PORT,
    registries: [],
    apps: { 'console-api': { DROPLOCK_PUBLICATION: 'at_once', DROPLOCK_LOG_LEVEL: 'error', ...metrics } },
    database: { url, urls, ctx },
  },
  makeBriefOutput(process.stderr),
  new AbortController().signal,
)
const api = environment.urlOf('console-api')
try {
  const session = await signIn()
  // With the first long file the process takes the memory that its garbage needs; more files need no more.
  await measure('first file, backorders', '/api/backorders.csv', session, {})
  await measure('ledger, list', '/api/ledger.csv', session)
  const period = 'from=1970-01-01T00:00:00Z&to=2099-12-31T00:00:00Z'
  await measure('ledger, export', `/api/exports/ledger.csv?${period}`, session)
  await measureSlow(session)
} finally {
  await environment[Symbol.asyncDispose]()
  await db.destroy()
}

async function rssMib(): Promise<number> {
  return (await readUsage(`http://127.0.0.1:${METRICS_PORT}`)).rssBytes / MIB
}

/** A file that is read as fast as it comes. */
async function measure(
  name: string,
  path: string,
  cookie: string,
  aim: { readonly max?: number } = { max: GROWTH_MIB_MAX },
): Promise<void> {
  const before = await rssMib()
  const memory = watchMemory()
  const startedMs = performance.now()
  let [octets, lines] = [0, 0]
  let last = ''
  for await (const chunk of await openFile(path, cookie)) {
    octets += chunk.length
    for (const octet of chunk) if (octet === 10) lines += 1
    last = (last + Buffer.from(chunk).toString('latin1')).slice(-200)
  }
  const seconds = (performance.now() - startedMs) / 1_000
  const rssMax = await memory.stop()
  const isWhole = path.startsWith('/api/exports') || last.includes('End of list')
  if (!isWhole) throw new Error(`${name} broke off after ${lines} lines`)
  report(`${name}: lines`, lines, 'lines')
  report(`${name}: size`, octets / MIB, 'MiB')
  report(`${name}: rate`, lines / seconds, 'lines/s')
  report(`${name}: memory before`, before, 'MiB')
  report(`${name}: memory at most`, rssMax, 'MiB')
  report(`${name}: memory growth`, rssMax - before, 'MiB', aim)
}

/** A reader that takes a piece now and then: what is not read yet must not wait in the process. */
async function measureSlow(cookie: string): Promise<void> {
  const before = await rssMib()
  const memory = watchMemory()
  const reader = (await openFile('/api/ledger.csv', cookie)).getReader()
  for (let pieces = 0; pieces < SLOW_PIECES; pieces += 1) {
    if ((await reader.read()).done) throw new Error('the file is shorter than its reader is slow')
    await sleep(SLOW_MS)
  }
  await reader.cancel()
  report('slow reader: memory growth', (await memory.stop()) - before, 'MiB', { max: GROWTH_MIB_MAX })
}

function watchMemory() {
  let max = 0
  const over = new AbortController()
  const sampling = (async () => {
    while (!over.signal.aborted) {
      max = Math.max(max, await rssMib())
      await sleep(SAMPLE_MS)
    }
  })()
  return {
    stop: async () => {
      over.abort()
      await sampling
      return max
    },
  }
}

async function openFile(path: string, cookie: string): Promise<ReadableStream<Uint8Array>> {
  const answer = await fetch(`${api}${path}`, { headers: { cookie } })
  if (!answer.ok || answer.body === null) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.body
}

async function signIn(): Promise<string> {
  const { email, password } = people.finance
  const answer = await fetch(`${api}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: api },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`could not sign in: ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
