import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'
import { sql } from 'kysely'
import { asService, type Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { diffRun, listChanges } from '../src/lists/changes.ts'
import { publishOrQuarantine } from '../src/lists/publish-or-quarantine.ts'
import { newId } from '../src/new-id.ts'
import { openDue } from '../src/schedule/steps.ts'
import { quantile, reporter } from './support/measure.ts'
import { stageNames, stockAccounts, stockNames, stockRegistry } from './support/stock.ts'
import { measureBaseline } from './sync/baseline.ts'
import { startClaims } from './sync/claims.ts'
import { HOUR_MS, type ListKind, moves, nameOf, serveList, writeList } from './sync/lists.ts'
import { startWorker } from './sync/worker.ts'

// `npm run bench -- sync`: a list of a million names that the worker's process reads from loopback: how many rows a second, beside COPY
// and one INSERT … SELECT on the same server, its peak memory, and what claims notice. Then a list that moves 5 % of them, and one that
// changes nothing; opening 200,000 names that are due; and a snapshot that comes again. `--rows 50000` for a smaller list.

const REGISTRY = 'bench'
const RUNS_MS_MAX = 1_200_000
const IDLE_MS = 15_000
const CLAIMED_NAMES = 20_000
const DUE = 200_000
const AGAIN_LIVE = 50_000
const AGAIN_ROWS = 60_000

const { values, positionals } = parseArgs({ options: { rows: { type: 'string' } }, allowPositionals: true })
const url = positionals[0] ?? ''
const ROWS = Number(values.rows ?? 1_000_000)
const report = reporter('sync')
const today = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
const folder = mkdtempSync(join(tmpdir(), 'droplock-bench-'))

await repeatSnapshot()
const baselineMs = await onDatabase('bench_baseline', (ctx) => measureBaseline(ctx, REGISTRY, ROWS))
report('baseline_rows_per_second', (ROWS * 1_000) / baselineMs, '1/s')
await onDatabase('bench_sync', async (ctx, databaseUrl) => {
  await syncLists(ctx, databaseUrl)
  await showChanges(ctx)
  await openMany(ctx)
})
rmSync(folder, { recursive: true })

/** Gives `work` an empty database of the same server with a registry. */
async function onDatabase<Result>(
  name: string,
  work: (ctx: Context, databaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const server = openDatabase({ url, connectionsMax: 1, applicationName: 'bench-sync' })
  await sql`create database ${sql.ref(name)}`.execute(server)
  const databaseUrl = new URL(url)
  databaseUrl.pathname = `/${name}`
  await migrate(databaseUrl.href)
  const db = openDatabase({ url: databaseUrl.href, connectionsMax: 16, applicationName: 'bench-sync' })
  try {
    const ctx = { db, newId }
    await stockRegistry(ctx)
    return await work(ctx, databaseUrl.href)
  } finally {
    await db.destroy()
    await sql`drop database ${sql.ref(name)} with (force)`.execute(server)
    await server.destroy()
  }
}

async function syncLists(ctx: Context, databaseUrl: string): Promise<void> {
  // Half of what is moved may be ordered meanwhile, and a list may move 5 % of its names.
  await sql`update registry set moved_percent_max = 100, suspected_percent_max = 100`.execute(ctx.db)
  const accounts = await stockAccounts(ctx, 64)
  const stocked = (await stockNames(ctx, CLAIMED_NAMES)).values()
  await sql`analyze`.execute(ctx.db)
  const idle = startClaims(accounts, stocked)
  await sleep(IDLE_MS)
  const idleMs = await idle.stop()
  const claimedIdle = quantile(idleMs.tookMs, 0.99)
  report('claims_p99_idle', claimedIdle, 'ms')

  const claims = startClaims(accounts, stocked)
  const first = await syncOnce(ctx, databaseUrl, 'first')
  const { claimed, tookMs } = await claims.stop()
  report('rows_per_second', (ROWS * 1_000) / first.tookMs, '1/s')
  report('ratio_to_baseline', baselineMs / first.tookMs, '1', { min: 0.4 })
  report('worker_peak_memory', first.peakMegabytes, 'MB', { max: 300 })
  report('claims_p99_meanwhile', quantile(tookMs, 0.99), 'ms')
  report('claims_p99_ratio', quantile(tookMs, 0.99) / claimedIdle, '1', { max: 2 })
  report('claims_longest_meanwhile', quantile(tookMs, 1), 'ms')
  for (const [state, fromMs, toMs] of first.phases) {
    const during = claimed.filter(({ dueMs }) => dueMs >= fromMs && dueMs < toMs).map((each) => each.tookMs)
    report(`claims_while_${state}`, during.length, 'claims')
    report(`claims_p99_while_${state}`, quantile(during, 0.99), 'ms')
  }

  const onMoved = startClaims(accounts, movedNames())
  const moved = await syncOnce(ctx, databaseUrl, 'moved')
  const waited = await onMoved.stop()
  report('moved_names', moved.moved, 'names')
  report('moved_list_rows_per_second', (ROWS * 1_000) / moved.tookMs, '1/s')
  report('claims_of_moved_names', waited.tookMs.length, 'claims')
  report('claims_of_moved_names_failed', waited.failures.length, 'claims')
  report('claims_of_moved_names_p99', quantile(waited.tookMs, 0.99), 'ms')
  report('claims_of_moved_names_longest', quantile(waited.tookMs, 1), 'ms')
  const again = await syncOnce(ctx, databaseUrl, 'again')
  report('unchanged_names', again.unchanged, 'names')
  report('unchanged_list_rows_per_second', (ROWS * 1_000) / again.tookMs, '1/s')
}

/** Claims meet the batches that move these names. */
function* movedNames(): Generator<string> {
  for (let index = 0; index < ROWS; index += 1) if (moves(index)) yield nameOf(index)
}

/** One list, from the worker's request to the moment in which its names can be ordered. */
async function syncOnce(ctx: Context, databaseUrl: string, kind: ListKind) {
  const path = join(folder, `${kind}.csv.gz`)
  await writeList(path, kind, ROWS, today)
  const list = await serveList(() => createReadStream(path))
  const worker = startWorker(databaseUrl, REGISTRY, list.url)
  try {
    const startedMs = await list.asked
    const run = await untilListed(ctx, startedMs)
    const counts = { moved: run.listings_moved ?? 0, unchanged: run.listings_unchanged ?? 0 }
    const { atMs, phases } = run
    return { tookMs: atMs - startedMs, peakMegabytes: worker.peakMegabytes(), phases, ...counts }
  } finally {
    await worker.end()
    await list.close()
  }
}

async function untilListed({ db }: Context, startedMs: number) {
  const { count: before } = await countListed(db)
  const phases: [state: string, fromMs: number, toMs: number][] = []
  while (performance.now() - startedMs < RUNS_MS_MAX) {
    const { count } = await countListed(db)
    if (count > before) {
      const atMs = performance.now()
      const run = await db
        .selectFrom('sync_run')
        .selectAll()
        .orderBy('listed_at', (order) => order.desc().nullsLast())
        .limit(1)
        .executeTakeFirstOrThrow()
      return { ...run, atMs, phases }
    }
    await failedEarly(db)
    await followState(db, phases)
    await sleep(20)
  }
  throw new Error('the list was not published in time')
}

/** Notes from when to when the newest run is in each of its states. */
async function followState(db: Context['db'], phases: [string, number, number][]): Promise<void> {
  const run = await db
    .selectFrom('sync_run')
    .select('state')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const nowMs = performance.now()
  const last = phases.at(-1)
  if (run === undefined) return
  if (last?.[0] === run.state) last[2] = nowMs
  else phases.push([run.state, last?.[2] ?? nowMs, nowMs])
}

async function countListed(db: Context['db']) {
  return db
    .selectFrom('sync_run')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('listed_at', 'is not', null)
    .executeTakeFirstOrThrow()
}

async function failedEarly(db: Context['db']): Promise<void> {
  const run = await db
    .selectFrom('sync_run')
    .select(['state', 'failure', 'quarantine_reasons'])
    .where('state', 'in', ['failed', 'quarantined'])
    .executeTakeFirst()
  if (run !== undefined)
    throw new Error(`the list was ${run.state}: ${run.failure} ${run.quarantine_reasons}`)
}

/** What an operator sees of a list that waits for a decision: a page of its changes, and their counts. It moves every name. */
async function showChanges(ctx: Context): Promise<void> {
  const names = Array.from({ length: ROWS }, (_, index) => nameOf(index))
  const { id } = await stageNames(ctx, names, 'snapshot')
  const operator = asService(ctx)
  const asks = [
    ['changes_counted', () => diffRun(operator, id)],
    ['changes_first_page', () => listChanges(operator, { runId: id, offset: 0, limit: 25 })],
    ['changes_last_page', () => listChanges(operator, { runId: id, offset: ROWS - 25, limit: 25 })],
    [
      'changes_of_a_kind',
      () => listChanges(operator, { runId: id, kind: 'suspected', offset: 0, limit: 25 }),
    ],
  ] as const
  for (const [metric, ask] of asks) {
    const startedMs = performance.now()
    await ask()
    report(metric, performance.now() - startedMs, 'ms')
  }
}

/** Names that a list added early and that open now, all at once. */
async function openMany(ctx: Context): Promise<void> {
  const due = Math.min(DUE, ROWS)
  await sql`
    insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, publication_id)
    select gen_random_uuid(), 'due-' || n || '.test', 'test', 'upcoming', now(), now() + interval '1 day',
      now() + interval '2 days', now() + interval '2 days', (select id from sync_run where listed_at is not null limit 1)
    from generate_series(1, ${due}::integer) as n`.execute(ctx.db)
  await sql`update sync_run set opened_at = null where listed_at is not null`.execute(ctx.db)
  const batches: number[] = []
  // By the sizes that the worker's sweep would choose.
  let size = BATCH_SIZE_MIN
  for (let opened = 1; opened > 0; size = nextBatchSize(size, batches.at(-1) ?? 0)) {
    const startedMs = performance.now()
    opened = await openDue(ctx.db, size)
    batches.push(performance.now() - startedMs)
  }
  report('opened', due, 'names')
  report('opening_batch_p50', quantile(batches, 0.5), 'ms')
  report('opening_batch_longest', quantile(batches, 1), 'ms')
  const nothing: number[] = []
  for (let look = 0; look < 50; look += 1) {
    const startedMs = performance.now()
    await openDue(ctx.db)
    nothing.push(performance.now() - startedMs)
  }
  report('opening_nothing_p50', quantile(nothing, 0.5), 'ms', { max: 1 })
}

/** A snapshot of 60,000 names comes while 50,000 of them are live, and the server has no statistics of either. */
async function repeatSnapshot(): Promise<void> {
  await onDatabase('bench_again', async (ctx) => {
    await sql`alter table listing set (autovacuum_enabled = false)`.execute(ctx.db)
    await sql`alter table sync_row set (autovacuum_enabled = false)`.execute(ctx.db)
    await sql`update registry set rows_percent_min = 0`.execute(ctx.db)
    await sql`analyze`.execute(ctx.db)
    for (const [metric, count] of [
      ['first_snapshot', AGAIN_LIVE],
      ['repeated_snapshot', AGAIN_ROWS],
    ] as const) {
      const run = await stageNames(
        ctx,
        Array.from({ length: count }, (_, index) => nameOf(index)),
        'snapshot',
      )
      const startedMs = performance.now()
      await publishOrQuarantine(ctx, { runId: run.id, opensAt: new Date(0) })
      report(metric, performance.now() - startedMs, 'ms')
    }
  })
}
