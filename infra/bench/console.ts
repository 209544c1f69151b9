import { parseArgs } from 'node:util'
import { stockOrders } from '@droplock/core/bench/console/stock'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { z } from 'zod'
import { addPeople, people } from '../src/console/fixture/people.ts'
import { defineRegistries } from '../src/console/fixture/registries.ts'
import { startEnvironment } from '../src/environment/environment.ts'
import { makeBriefOutput } from '../src/launch/output.ts'
import { makeRoles } from '../src/postgres/cluster.ts'
import {
  type Document,
  type Measured,
  type Read,
  readsOf,
  type Samples,
  variantsOf,
  withQuery,
} from './console/requests.ts'

// `npm run bench -- console`: 1,000,000 backorders with all that belongs to them; every read of the operators' API with each filter, each
// sort, its first and its last page, and every record, over HTTP as the console-api process answers it. What is read comes from the API's
// own document: a new operation is measured by itself. Arguments: the database's URL; `--rows N` for fewer, `--only TEXT,TEXT` for the
// operations that begin with one of these, `--times N`, `--stocked` where an earlier run has filled the database.

const ROWS = 1_000_000
const TIMES = 12
const WARM_UP_TIMES = 2
const AIM_MS_MAX = 300
const FIRST_PORT = 18_300
const PER_PAGE = 25

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    only: { type: 'string' },
    times: { type: 'string' },
    stocked: { type: 'boolean' },
  },
})
const url = positionals[0] ?? ''
const rows = Number(values.rows ?? ROWS)
const times = Number(values.times ?? TIMES)
const only = (values.only ?? '').split(',')
const report = reporter('console')
const Listed = z.object({ items: z.array(z.record(z.string(), z.unknown())), total: z.number() })

/** Where the record that costs most is not the first of its list, or there is no list. */
const idsBeside: Readonly<Record<string, () => Promise<string | undefined>>> = {
  '/api/backorders': longCase,
  '/api/targets': async () => (await longTarget())?.id,
  '/api/zones': async () => 'shop',
  '/api/drift': async () => 'shop',
  '/api/drift/shop': async () => new Date().toISOString().slice(0, 10),
}

/** They read every posting of their period. */
const reports = ['listRevenue', 'getRevenueSummary', 'listRefundSums', 'getRefundSummary']

const day = (days: number) => new Date(Date.now() + days * 86_400_000)

await migrate(url)
const urls = await makeRoles(url)
const db = openDatabase({ url, connectionsMax: 2, applicationName: 'bench-console' })
const ctx = { db, newId }
if (values.stocked !== true) {
  await defineRegistries(ctx)
  await addPeople(ctx)
  const stockedAt = performance.now()
  await stockOrders(db, rows)
  report('stock_seconds', (performance.now() - stockedAt) / 1_000, 's')
}
const plan = {
  name: 'bench-console',
  firstPort: FIRST_PORT,
  registries: [],
  apps: { 'console-api': { DROPLOCK_PUBLICATION: 'at_once', DROPLOCK_LOG_LEVEL: 'error' } },
  database: { url, urls, ctx },
} as const
const environment = await startEnvironment(
  plan,
  makeBriefOutput(process.stderr),
  new AbortController().signal,
)
const api = environment.urlOf('console-api')
const slow: string[] = []
try {
  const sessions = [await signIn(people.approver), await signIn(people.admin)]
  const { body } = await ask('/console-openapi.json', sessions[0] ?? '')
  const samples = await takeSamples(sessions[0] ?? '')
  for (const read of readsOf(JSON.parse(body) as Document))
    if (only.some((start) => read.operation.operationId.startsWith(start)))
      await measureRead(read, samples, sessions)
} finally {
  await environment[Symbol.asyncDispose]()
  await db.destroy()
}
console.log(
  slow.length === 0 ? `all within ${AIM_MS_MAX} ms` : `beyond ${AIM_MS_MAX} ms:\n${slow.join('\n')}`,
)

/** All variants of one read, by the first person who may read it. */
async function measureRead(read: Read, samples: Samples, sessions: readonly string[]): Promise<void> {
  const path = await withIds(read.path, sessions)
  if (path === undefined) {
    console.log(
      JSON.stringify({ bench: 'console', unmeasured: read.operation.operationId, why: 'no record of it' }),
    )
    return
  }
  const { measured, unknown, isPaged } = variantsOf({ ...read, path }, samples)
  for (const name of unknown)
    console.log(JSON.stringify({ bench: 'console', unmeasured: name, why: 'no sample' }))
  for (const one of measured) {
    await measure(one, sessions)
    if (isPaged && one === measured[0]) await measureLastPage(one, sessions)
  }
}

async function measureLastPage({ name, path }: Measured, sessions: readonly string[]): Promise<void> {
  const found = Listed.safeParse(JSON.parse((await askFirst(path, sessions)).body))
  if (!found.success) return
  const [plain, query] = path.split('?')
  const page = Math.max(1, Math.ceil(found.data.total / PER_PAGE))
  const last = new URLSearchParams([...new URLSearchParams(query), ['page', String(page)]])
  await measure({ name: `${name} page=${page}`, path: withQuery(plain ?? path, last) }, sessions)
}

async function measure({ name, path }: Measured, sessions: readonly string[]): Promise<void> {
  const took: number[] = []
  let status = 0
  for (let time = 0; time < WARM_UP_TIMES + times; time += 1) {
    const startedMs = performance.now()
    status = (await askFirst(path, sessions)).status
    if (time >= WARM_UP_TIMES) took.push(performance.now() - startedMs)
    if (status !== 200) break
  }
  if (status !== 200) {
    console.log(JSON.stringify({ bench: 'console', unmeasured: name, why: `status ${status}`, path }))
    if (status >= 500 || status === 422) slow.push(`${name}: status ${status}`)
    return
  }
  report(`${name} p50`, quantile(took, 0.5), 'ms')
  const p95 = quantile(took, 0.95)
  report(`${name} p95`, p95, 'ms', { max: AIM_MS_MAX })
  if (p95 > AIM_MS_MAX) slow.push(`${name}: ${Math.round(p95)} ms`)
}

/** The path with an id in place of its parameter: that of the first row of its list. */
async function withIds(path: string, sessions: readonly string[]): Promise<string | undefined> {
  const at = path.indexOf('/{')
  if (at === -1) return path
  const list = path.slice(0, at)
  const known = idsBeside[list]
  const id = known === undefined ? await firstId(list, sessions) : await known()
  if (id === undefined) return undefined
  return withIds(`${list}/${encodeURIComponent(id)}${path.slice(path.indexOf('}', at) + 1)}`, sessions)
}

async function firstId(list: string, sessions: readonly string[]): Promise<string | undefined> {
  const { status, body } = await askFirst(list, sessions)
  if (status !== 200) return undefined
  const found = Listed.safeParse(JSON.parse(body))
  const [row] = found.success ? found.data.items : []
  const id = row?.['id'] ?? row?.['name'] ?? row?.['code']
  return typeof id === 'string' ? id : undefined
}

function longTarget() {
  return db
    .selectFrom('catch_attempt')
    .where('cltrid', '=', '1-1000')
    .innerJoin('catch_target', 'catch_target.id', 'target_id')
    .select(['catch_target.id', 'backorder_id'])
    .executeTakeFirst()
}

async function longCase(): Promise<string | undefined> {
  return (await longTarget())?.backorder_id
}

/** Values that the document cannot list. */
async function takeSamples(session: string): Promise<Samples> {
  const { items } = Listed.parse(JSON.parse((await ask('/api/backorders', session)).body))
  const first = items[0] ?? {}
  const text = (member: string) => String(first[member] ?? '')
  return {
    q: [
      text('name'),
      'amber',
      'am',
      'amber-',
      'PO-12',
      'no such name',
      text('id'),
      'Reseller 1',
      'TEST-INV-2026-0000',
    ],
    account_id: [text('account_id')],
    zone: ['shop'],
    registry_id: ['sim-exact'],
    listing_id: [text('listing_id')],
    backorder_id: [text('id')],
    subject: [text('id')],
    window_from: [day(0).toISOString()],
    window_to: [day(0).toISOString()],
    from: [day(-30).toISOString()],
    to: [day(0).toISOString()],
    'from day': [day(-30).toISOString().slice(0, 10)],
    'to day': [day(0).toISOString().slice(0, 10)],
    day: [day(0).toISOString().slice(0, 10)],
    currency: ['USD'],
    // The newest orders are undecided: a year has the others.
    ...Object.fromEntries(reports.map((operation) => [`${operation} from`, [day(-390).toISOString()]])),
    // Only within a period, which no variant has.
    'listLedger zone': [],
  }
}

async function signIn({
  email,
  password,
}: {
  readonly email: string
  readonly password: string
}): Promise<string> {
  const answer = await fetch(`${api}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: api },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** Asks as the first of these people who may. */
async function askFirst(path: string, sessions: readonly string[]) {
  let answer = { status: 403, body: '' }
  for (const session of sessions) {
    answer = await ask(path, session)
    if (answer.status !== 403) return answer
  }
  return answer
}

async function ask(
  path: string,
  session: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await fetch(`${api}${path}`, { headers: { accept: 'application/json', cookie: session } })
  return { status: answer.status, body: await answer.text() }
}
