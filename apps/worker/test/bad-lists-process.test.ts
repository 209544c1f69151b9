import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { zipOf } from '../../../packages/feeds/test/zip.ts'
import { type ListServer, serveFile, startListServer } from './support/list-server.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenSource, givenWorld, listedNames, listOf, type World } from './support/world.ts'

// What comes in place of a list, in a folder and over HTTP, as one worker's process reads it beside good lists.

const patient = { timeout: 60_000, interval: 100 }
/** Tries of a source after which a worker has shown that it makes no run of each. */
const TRIES = 3

const yesterday = Array.from({ length: 200 }, (_, index) => `n${index}.test`)
const many = Array.from({ length: 3_000 }, (_, index) => `m${(index * 7_919) % 104_729}.test`)
const zipped = Array.from({ length: 200 }, (_, index) => `zipped${index}.test`)
const gzip = gzipSync(listOf(many))
const blankLines = Buffer.alloc(40_000_000, '\n')
const letters = Buffer.alloc(100_000_000, 'x')
const longLine = 'x'.repeat(10_000_000)
const oneName = Buffer.from(listOf(['c.test']))

let world: World
let folder: string
let server: ListServer
const workers = workerProcesses(() => world)

beforeEach(async () => {
  world = await givenWorld()
  folder = mkdtempSync(join(tmpdir(), 'droplock-bad-lists-'))
  server = await startListServer(serveFile(listOf(yesterday)))
})
afterEach(async () => {
  await workers.endAll()
  await server.close()
  rmSync(folder, { recursive: true })
  await world.clone.drop()
})

const good = Array.from({ length: 200 }, (_, index) => `g${index}.test`)

/** The files of the folder in the order of their names, the state in which the run of each ends, and the reason. */
const files: readonly (readonly [name: string, content: string | Uint8Array, state: string, why: string])[] =
  [
    ['a-page-of-html.csv', '<!DOCTYPE html><html></html>', 'failed', 'not_a_list'],
    ['another-zone.csv', listOf(['c.elsewhere', 'd.elsewhere']), 'quarantined', 'zone_not_served'],
    ['binary.csv', Buffer.from('7f454c4602010100', 'hex'), 'failed', 'not_a_list'],
    ['blank-lines.csv.gz', gzipSync(Buffer.concat([oneName, blankLines])), 'quarantined', 'beyond_limits'],
    ['bomb.csv.gz', gzipSync(Buffer.concat([oneName, letters])), 'quarantined', 'beyond_limits'],
    ['foreign.pdf', '%PDF-1.7\n', 'failed', 'archive_not_readable'],
    ['invisible.csv', listOf(['c\u200bd.test', 'c\u00add.test']), 'quarantined', 'invalid_name'],
    ['line-of-10-mb.csv', `TLD,DOMAIN,EXPIRED,PURGED\n${longLine}\n`, 'quarantined', 'malformed'],
    ['nul.csv', listOf(['c\0.test']), 'quarantined', 'not_text'],
    ['truncated.csv.gz', gzip.subarray(0, gzip.length - 200), 'quarantined', 'truncated'],
    [
      'truncated.zip.csv',
      zipOf({ name: 'a.csv', text: listOf(many) }).subarray(0, 900),
      'failed',
      'archive_not_readable',
    ],
    ['two-scripts.csv', listOf(['аpple.test']), 'quarantined', 'mixed_script'],
    ['utf-16.csv', Buffer.from(listOf(['c.test']), 'utf16le'), 'failed', 'not_text'],
    ['year-9999.csv', listOf(['c.test'], new Date('9999-12-31T23:59:59Z')), 'quarantined', 'too_far_ahead'],
    ['z-good.csv', listOf(good), 'published', ''],
    ['zip.csv', zipOf({ name: 'a.csv', text: listOf(zipped) }), 'published', ''],
  ]

const runs = () =>
  world.ctx.db
    .selectFrom('sync_run')
    .select(['id', 'source', 'state', 'failure_code', 'quarantine_reasons', 'rejects_by_reason', 'tries'])
    .orderBy('id')
    .execute()

type Run = Awaited<ReturnType<typeof runs>>[number]

/** Why a run failed, or was held back and what of it was rejected. */
const reasonsOf = (run: Run) => [
  ...(run.failure_code === null ? [] : [run.failure_code]),
  ...run.quarantine_reasons,
  ...Object.keys(Object(run.rejects_by_reason)),
]

const newestRun = async () => (await runs()).at(-1)

const readFolder = () =>
  world.ctx.db
    .selectFrom('list_source')
    .select('good_at')
    .where('address', '=', folder)
    .executeTakeFirstOrThrow()

/** Waits until the folder was looked through once more after the call. */
async function lookThrough(): Promise<void> {
  const { good_at: before } = await readFolder()
  await vi.waitFor(async () => {
    const { good_at: after } = await readFolder()
    expect(after?.getTime()).toBeGreaterThan(before?.getTime() ?? 0)
  }, patient)
}

/** What buyers see. */
async function expectUntouched(): Promise<void> {
  expect(await listedNames(world)).toEqual([...yesterday, ...good, ...zipped].toSorted())
  const { db } = world.ctx
  expect(await db.selectFrom('listing').select('name').where('suspect', '=', true).execute()).toEqual([])
}

test('each of sixteen files of a folder has its own end with a reason, and the good ones among them are listed', {
  timeout: 120_000,
}, async () => {
  await givenSource(world, { address: server.url })
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  workers.start()
  await vi.waitFor(async () => expect(await listedNames(world)).toHaveLength(yesterday.length), patient)
  await givenSource(world, { address: folder, scopeKind: 'increment' })
  await vi.waitFor(async () => expect(await listedNames(world)).toContain('zipped0.test'), patient)
  await lookThrough()
  const [, ...ofFiles] = await runs()
  expect(ofFiles.map(({ source, state }) => [source, state])).toEqual(
    files.map(([name, , state]) => [`${folder}#${name}`, state]),
  )
  for (const [index, [name, , , why]] of files.entries()) {
    const run = ofFiles[index]
    if (why !== '') expect([name, run && reasonsOf(run)]).toEqual([name, expect.arrayContaining([why])])
  }
  const left = world.ctx.db
    .selectFrom('sync_row')
    .innerJoin('sync_run', 'sync_run.id', 'sync_row.run_id')
    .select('run_id')
    .where('state', '=', 'failed')
  expect(await left.execute()).toEqual([])
  // Nothing is taken in again at the next look.
  await lookThrough()
  expect(await runs()).toHaveLength(files.length + 1)

  // Two of a hundred names of yesterday.
  server.answer = serveFile(listOf(yesterday.slice(0, 4)), '"v2"')
  await vi.waitFor(async () => expect(await newestRun()).toMatchObject({ state: 'quarantined' }), patient)
  expect((await newestRun())?.quarantine_reasons).toContain('too_few_rows')

  let pages = 0
  server.answer = (_request, response) => {
    pages += 1
    response.end(`<html>Maintenance ${pages}</html>`)
  }
  await vi.waitFor(async () => expect((await newestRun())?.tries).toBeGreaterThanOrEqual(TRIES), patient)
  expect(await newestRun()).toMatchObject({ state: 'failed', failure_code: 'not_a_list' })
  expect(await runs()).toHaveLength(files.length + 3)
  await expectUntouched()
})
