import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { zipOf } from '../../../packages/feeds/test/zip.ts'
import { type ListServer, serveFile, startListServer } from './support/list-server.ts'
import { fetcher, givenSource, givenWorld, listedNames, listOf, type World } from './support/world.ts'

// Whatever comes in place of a list has a clear end with a reason, is not taken in again at every poll, and leaves what is listed alone.

const running = new AbortController().signal
const NAMES = ['a.test', 'b.test']
let world: World
let server: ListServer

beforeEach(async () => {
  world = await givenWorld()
  server = await startListServer(serveFile(listOf(NAMES)))
  await givenSource(world, { address: server.url })
  await fetcher(world)(running)
})
afterEach(async () => {
  await server.close()
  await world.clone.drop()
})

const many = Array.from({ length: 3_000 }, (_, index) => `n${(index * 7_919) % 104_729}.test`)
const whole = gzipSync(listOf(many))
const lineEnds = Buffer.alloc(40_000_000, '\n')

/** How the newest run ended: its state, and its reason or what of it was rejected. */
async function end() {
  const run = await world.ctx.db
    .selectFrom('sync_run')
    .select(['state', 'failure_code', 'quarantine_reasons', 'rejects_by_reason'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const { state, failure_code: code, quarantine_reasons: reasons, rejects_by_reason: rejects } = run
  return state === 'failed' ? [state, code] : [state, ...reasons, rejects]
}

const runCount = async () => (await world.ctx.db.selectFrom('sync_run').select('id').execute()).length

const failed = (code: string) => ['failed', code]
const heldBack = (reason: string, rejects: object) => ['quarantined', ...reason.split(' '), rejects]

test.each<[what: string, body: string | Uint8Array, ending: readonly unknown[]]>([
  ['a page of HTML', '<!DOCTYPE html><html></html>', failed('not_a_list')],
  ['a page of HTML in a gzip file', gzipSync('<!DOCTYPE html><html></html>'), failed('not_a_list')],
  ['an empty file', '', failed('not_a_list')],
  ['UTF-16 without a byte order mark', Buffer.from(listOf(NAMES), 'utf16le'), failed('not_text')],
  ['a 7z archive called .csv', Buffer.from('377abcaf271c0004', 'hex'), failed('archive_not_readable')],
  [
    'a truncated zip archive',
    zipOf({ name: 'a.csv', text: listOf(many) }).subarray(0, 900),
    failed('archive_not_readable'),
  ],
  [
    'an encrypted zip archive',
    zipOf({ name: 'a.csv', text: listOf(many), isEncrypted: true }),
    failed('archive_not_readable'),
  ],
  [
    'a zip archive of two lists',
    zipOf({ name: 'a.csv', text: '' }, { name: 'b.csv', text: '' }),
    failed('archive_not_readable'),
  ],
  ['a truncated gzip file', whole.subarray(0, whole.length - 200), heldBack('truncated', { truncated: 1 })],
  [
    'a gzip bomb',
    gzipSync(Buffer.concat([Buffer.from(listOf(['c.test'])), Buffer.alloc(30_000_000, 'x')])),
    heldBack('beyond_limits', { beyond_limits: 1 }),
  ],
  [
    'a gzip file of blank lines',
    gzipSync(Buffer.concat([Buffer.from(listOf(['c.test'])), lineEnds])),
    heldBack('beyond_limits', { beyond_limits: 1 }),
  ],
  [
    'the year 9999',
    listOf(['c.test'], new Date('9999-12-31T23:59:59Z')),
    heldBack('nothing_to_list', { too_far_ahead: 1 }),
  ],
  [
    'names with characters that nobody sees',
    listOf(['c\u200bd.test', 'c\u00add.test', 'c\u2060.test']),
    heldBack('nothing_to_list', { invalid_name: 3 }),
  ],
  ['names of two scripts', listOf(['аpple.test']), heldBack('nothing_to_list', { mixed_script: 1 })],
  [
    'a line of 10 MB',
    `TLD,DOMAIN,EXPIRED,PURGED\n${'x'.repeat(900_000)}\n`,
    heldBack('nothing_to_list', { malformed: 1 }),
  ],
])('%s', async (_what, body, ending) => {
  server.answer = (_request, response) => response.end(body)
  const poll = async () =>
    fetcher(world, { pollMs: 0, pollMsMax: 60_000, bytesMax: 10_000_000, publication: 'at_once' })(
      running,
    ).catch(() => undefined)
  await poll()
  const ended = await end()
  // A list that is held back has other reasons beside the one that matters here, by what it would change.
  expect(ended[0]).toBe(ending[0])
  expect(ended).toEqual(expect.arrayContaining([...ending]))
  const runs = await runCount()
  await poll()
  expect(await runCount()).toBe(runs)
  expect(await listedNames(world)).toEqual(NAMES)
  const suspect = await world.ctx.db.selectFrom('listing').select('id').where('suspect', '=', true).execute()
  expect(suspect).toEqual([])
})

test('a few characters that cannot be stored cost their rows alone', async () => {
  server.answer = (_request, response) => response.end(listOf([...NAMES, 'c\0.test', 'd.test']))
  await fetcher(world)(running)
  expect(await listedNames(world)).toEqual([...NAMES, 'd.test'])
})
