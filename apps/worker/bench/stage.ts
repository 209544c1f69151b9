import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { inTurns, reporter } from '@droplock/core/bench/support/measure'
import { stockRegistry } from '@droplock/core/bench/support/stock'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { copyLine, copyRows } from '@droplock/core/database/copy'
import { migrate } from '@droplock/core/database/migrate'
import { stageList } from '@droplock/core/lists/stage'
import { toAscii } from '@droplock/core/name-as-written'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { openDropList } from '@droplock/feeds/open-drop-list'

// `npm run bench -- stage [--rows N]`: a gzip list of a million names is read, checked and staged: rows a second, as a ratio to COPY of
// the same rows into the same table in the same run, and the memory of the process. Arguments: the database's URL.

const rows = Number(process.argv[process.argv.indexOf('--rows') + 1] ?? 0) || 1_000_000
const TURNS = 2
const BLOCK_ROWS = 500
const HOUR_MS = 3_600_000
const MEGABYTE = 1_048_576

const report = reporter('stage')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 4, applicationName: 'bench-stage' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
const { id: registryId, zone } = await readRegistry()
const folder = mkdtempSync(join(tmpdir(), 'droplock-stage-'))
try {
  const path = join(folder, 'list.csv.gz')
  const purgeAt = new Date(Date.now() + 48 * HOUR_MS)
  await pipeline(Readable.from(listText(purgeAt)), createGzip({ level: 1 }), createWriteStream(path))
  let rssMaxBytes = 0
  let isStaging = false
  const watching = setInterval(() => {
    if (isStaging) rssMaxBytes = Math.max(rssMaxBytes, process.memoryUsage.rss())
  }, 50)
  const perSecond = await inTurns(
    TURNS,
    async () => {
      isStaging = true
      const rate = await rateOf(() => stage(path))
      isStaging = false
      return rate
    },
    () => rateOf(() => copy(purgeAt)),
  )
  clearInterval(watching)
  report('rows', rows, 'rows')
  report('list_size', statSync(path).size / MEGABYTE, 'MB')
  report('staged_per_second', perSecond.ours, '1/s')
  report('copied_per_second', perSecond.bare, '1/s')
  report('ratio_to_copy', perSecond.ratio, '')
  report('rss_max', rssMaxBytes / MEGABYTE, 'MB', { max: 300 })
} finally {
  rmSync(folder, { recursive: true })
  await db.destroy()
}

async function readRegistry() {
  const row = await db.selectFrom('zone').select(['registry_id', 'name']).executeTakeFirstOrThrow()
  return { id: row.registry_id, zone: row.name }
}

/** Names without order, as registries list them by time and not by name. */
function nameOf(index: number): string {
  return `n${(index * 7_919) % 104_729}-${index}.${zone}`
}

function* listText(purgeAt: Date): Generator<string> {
  yield 'TLD,DOMAIN,EXPIRED,PURGED\n'
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    let block = ''
    for (let index = from; index < Math.min(rows, from + BLOCK_ROWS); index += 1)
      block += `${zone},${nameOf(index)},2026-01-01T00:00:00Z,${purgeAt.toISOString()}\n`
    yield block
  }
}

async function rateOf(work: () => Promise<unknown>): Promise<number> {
  await onServer(url, (client) => client.query('truncate sync_row'))
  const startedMs = performance.now()
  await work()
  return (rows * 1_000) / (performance.now() - startedMs)
}

/** As the worker does it, from the file to the run that is ready. */
async function stage(path: string): Promise<void> {
  const list = openDropList(createReadStream(path), {
    format: 'ietf-csv',
    zones: new Set([zone]),
    toAscii,
    today: new Date().toISOString().slice(0, 10),
  })
  const run = await stageList(ctx, { registryId, source: 'bench', format: 'ietf-csv', ...list })
  if (run.rowsRead !== rows || run.rowsRejected !== 0) throw new Error('rows were lost')
}

/** The same rows, made beforehand by nobody: COPY of lines that only have to be put together. */
async function copy(purgeAt: Date): Promise<void> {
  const runId = await givenRun()
  const times = [purgeAt, new Date(purgeAt.getTime() + HOUR_MS), new Date(purgeAt.getTime() - HOUR_MS)]
  async function* lines() {
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      let block = ''
      for (let index = from; index < Math.min(rows, from + BLOCK_ROWS); index += 1)
        block += copyLine([runId, index + 2, newId(), nameOf(index), zone, ...times])
      yield block
    }
  }
  const columns = ['run_id', 'line', 'listing_id', 'name', 'zone', 'drop_from', 'drop_to', 'cutoff_at']
  await copyRows(db, { table: 'sync_row', columns, lines: lines() })
}

async function givenRun(): Promise<string> {
  const newest = db.selectFrom('sync_run').select('id').orderBy('id', 'desc').limit(1)
  const run = await newest.executeTakeFirst()
  if (run === undefined) throw new Error('there is no run')
  return run.id
}
