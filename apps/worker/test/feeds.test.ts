import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ListServer, serveFile, startListServer } from './support/list-server.ts'
import {
  always,
  fetcher,
  givenSource,
  givenWorld,
  listedNames,
  listOf,
  REGISTRY,
  rule,
  runStates,
  sourceRow,
  type World,
} from './support/world.ts'

let world: World
let server: ListServer
let sourceId: string
const running = new AbortController().signal

beforeEach(async () => {
  world = await givenWorld()
  server = await startListServer(serveFile(listOf(['a.test', 'b.test'])))
  sourceId = await givenSource(world, { address: server.url })
})
afterEach(async () => {
  await server.close()
  await world.clone.drop()
})

const poller = (poll = always) => fetcher(world, poll)

/** In place of the source of the server. */
async function setSource(terms: Parameters<typeof givenSource>[1]): Promise<void> {
  await world.ctx.db.deleteFrom('list_source').where('id', '=', sourceId).execute()
  sourceId = await givenSource(world, terms)
}

test('a list at an address becomes open listings, and is one log event', async () => {
  await poller()(running)
  expect(await listedNames(world)).toEqual(['a.test', 'b.test'])
  expect(world.log).toMatchObject([
    {
      event: 'list.published',
      level: 'info',
      registry: REGISTRY,
      rows: 2,
      rejects: 0,
      added: 2,
      complete: true,
    },
  ])
})

test('an unchanged list is asked for with its validator and staged no second time', async () => {
  const poll = poller()
  await poll(running)
  await poll(running)
  expect(server.requests.map((request) => request.ifNoneMatch)).toEqual([undefined, '"v1"'])
  expect(await runStates(world)).toEqual(['published'])
})

test('the same octets from a server without validators are staged no second time', async () => {
  const body = listOf(['a.test'])
  server.answer = (_request, response) => response.end(body)
  const poll = poller()
  await poll(running)
  await poll(running)
  expect(server.requests).toHaveLength(2)
  expect(await runStates(world)).toEqual(['published'])
  expect(world.log).toHaveLength(1)
})

test('a server’s error is the poll’s failure, keeps what is listed, and the next poll goes on', async () => {
  const poll = poller()
  server.answer = (_request, response) => response.writeHead(500).end('down')
  await expect(poll(running)).rejects.toThrow('HTTP 500')
  expect(await sourceRow(world)).toMatchObject({
    failures: 1,
    failure_code: 'http_status',
    failure: 'The source answered HTTP 500.',
  })
  server.answer = serveFile(listOf(['a.test']))
  await poll(running)
  expect(await sourceRow(world)).toMatchObject({ failures: 0, failure: null })
  expect(await listedNames(world)).toEqual(['a.test'])
})

test('a source that failed is left alone longer, and one that was just asked is not asked', async () => {
  server.answer = (_request, response) => response.writeHead(500).end()
  const poll = poller(rule)
  await expect(poll(running)).rejects.toThrow('HTTP 500')
  expect(await poll(running)).toBe(false)
  const row = await sourceRow(world)
  const pauseMs = row.next_try_at.getTime() - (row.tried_at?.getTime() ?? 0)
  expect(Math.round(pauseMs / 1_000)).toBe(120)
})

test('a truncated gzip is held back, whatever its scope: nothing is listed and no name becomes suspect', async () => {
  const poll = poller()
  await poll(running)
  const others = Array.from({ length: 500 }, (_, index) => `n${index}x${(index * 7_919) % 500}.test`)
  const names = [...others, 'a.test', 'b.test']
  const whole = gzipSync(listOf(names))
  server.answer = serveFile(whole.subarray(0, whole.length - 200), '"v2"')
  await poll(running)
  expect(await runStates(world)).toEqual(['published', 'quarantined'])
  expect(world.log.at(-1)).toMatchObject({
    event: 'list.quarantined',
    complete: false,
    reasons: ['truncated'],
  })
  expect(await listedNames(world)).toEqual(['a.test', 'b.test'])
  server.answer = serveFile(whole, '"v3"')
  await poll(running)
  expect(await runStates(world)).toEqual(['published', 'quarantined', 'published'])
})

test('a date in 9999, or further ahead than a drop can be, is rejected and never becomes a listing', async () => {
  const far = ['9999-12-31T23:59:59Z', new Date(Date.now() + 90 * 86_400_000).toISOString()]
  const rows = far.map((purged, n) => `test,far-${n}.test,2026-01-01T00:00:00Z,${purged}\n`).join('')
  server.answer = serveFile(`${listOf(['a.test', 'b.test'])}${rows}`, '"far"')
  await poller()(running)
  expect(await listedNames(world)).toEqual(['a.test', 'b.test'])
  const rejects = await world.ctx.db
    .selectFrom('sync_reject')
    .select(['line', 'reason'])
    .orderBy('line')
    .execute()
  expect(rejects).toEqual([
    { line: 4, reason: 'too_far_ahead' },
    { line: 5, reason: 'too_far_ahead' },
  ])
})

test('of three lists A, B and A again the last is taken in, so that the listings are as A says', async () => {
  const poll = poller()
  const [early, late] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 7_200_000)]
  const [a, b] = [listOf(['a.test', 'b.test'], early), listOf(['a.test'], late)]
  for (const body of [a, a, b, b, a, a]) {
    server.answer = (_request, response) => response.end(body)
    await poll(running)
  }
  expect(await runStates(world)).toEqual(['published', 'published', 'published'])
  const rows = await world.ctx.db.selectFrom('listing').select(['drop_from', 'suspect']).execute()
  expect(rows).toEqual([
    { drop_from: early, suspect: false },
    { drop_from: early, suspect: false },
  ])
})

test('a row with a NUL is a reject with line and reason, and the other rows are listed', async () => {
  server.answer = serveFile(listOf(['a.test', 'b\0.test', 'c.test']))
  await poller()(running)
  expect(await listedNames(world)).toEqual(['a.test', 'c.test'])
  const rejects = await world.ctx.db.selectFrom('sync_reject').select(['line', 'reason']).execute()
  expect(rejects).toEqual([{ line: 3, reason: 'not_text' }])
})

test('a list of the year 9999 is held back once, and says why', async () => {
  server.answer = serveFile(listOf(['a.test', 'b.test'], new Date('9999-12-31T23:59:59Z')))
  const poll = poller()
  await poll(running)
  await poll(running)
  expect(await runStates(world)).toEqual(['quarantined'])
  expect(world.log).toMatchObject([{ event: 'list.quarantined', reasons: ['nothing_to_list'], rejects: 2 }])
})

test('a source keeps its list when its declared date is corrected: the same octets are another list', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
  try {
    await setSource({ address: folder, scopeKind: 'increment' })
    const poll = (scope_kind: 'snapshot' | 'increment') =>
      world.ctx.db
        .updateTable('list_source')
        .set({ scope_kind })
        .execute()
        .then(() => fetcher(world)(running))
    writeFileSync(join(folder, '2020-01-01.txt'), 'a.test\n')
    await poll('increment')
    expect(await runStates(world)).toEqual(['quarantined'])
    rmSync(join(folder, '2020-01-01.txt'))
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    writeFileSync(join(folder, `${tomorrow}.txt`), 'a.test\n')
    await poll('increment')
    await poll('increment')
    await poll('snapshot')
    expect(await runStates(world)).toEqual(['quarantined', 'published', 'published'])
    expect(await listedNames(world)).toEqual(['a.test'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a list with 2 % of the last one’s names is held back once, is one log event, and makes no name suspect', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `n${index}.test`)
  server.answer = (_request, response) => response.end(listOf(names))
  const poll = poller()
  await poll(running)
  const broken = listOf(names.slice(0, 2))
  server.answer = (_request, response) => response.end(broken)
  await poll(running)
  await poll(running)
  expect(await runStates(world)).toEqual(['published', 'quarantined'])
  expect(world.log.at(-1)).toMatchObject({
    event: 'list.quarantined',
    reasons: ['too_many_suspected', 'too_few_rows'],
  })
  expect(await listedNames(world)).toHaveLength(100)
  const suspect = await world.ctx.db.selectFrom('listing').select('id').where('suspect', '=', true).execute()
  expect(suspect).toEqual([])
})

test('a body that ends before its length publishes nothing', async () => {
  server.answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '9000' })
    response.write(listOf(['a.test']), () => response.socket?.destroy())
  }
  await expect(poller()(running)).rejects.toThrow()
  expect(await runStates(world)).toEqual(['failed'])
})

test('a server that stalls is given up in time, and publishes nothing', async () => {
  server.answer = (_request, response) => void response.writeHead(200).write('TLD,DOMAIN,EXPIRED,PURGED\n')
  await expect(poller({ ...always, pollMsMax: 100 })(running)).rejects.toThrow(/in time/)
  expect(await runStates(world)).toEqual(['failed'])
})

test('a list larger than allowed is refused while it comes', async () => {
  server.answer = serveFile(Buffer.alloc(5_000, 'a'))
  await expect(poller({ ...always, bytesMax: 4_999 })(running)).rejects.toThrow('more than 4999 bytes')
})

test('a page that is no list is reported as such', async () => {
  server.answer = serveFile('<html>Maintenance</html>')
  await setSource({ address: server.url.replace('_domain-drop-list.csv', '') })
  const poll = poller()
  await expect(poll(running)).rejects.toThrow('page of HTML')
})

test('a list ready before the publication window is listed, and opens at the window’s start', async () => {
  const now = new Date()
  const from = new Date(now.getTime() + 3_600_000)
  // A window that begins later today in some zone: the zone is chosen so that the hour does not cross midnight.
  const timeZone = now.getUTCHours() < 21 ? 'UTC' : 'Pacific/Honolulu'
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const start = local.format(from)
  await poller({ ...always, publication: { timeZone, from: start, to: '23:59' } })(running)
  const listing = await world.ctx.db.selectFrom('listing').selectAll().executeTakeFirstOrThrow()
  expect(listing.state).toBe('upcoming')
  expect(local.format(listing.opens_at)).toBe(start)
  expect(world.log).toMatchObject([{ lateness: 'early' }])
})

test('of two workers that poll one source at the same time, one asks and stages', async () => {
  const polls = [poller(rule), poller(rule)]
  const turns = await Promise.all(polls.map((poll) => poll(running)))
  expect(turns.toSorted()).toEqual([false, true])
  expect(server.requests).toHaveLength(1)
  expect(await runStates(world)).toEqual(['published'])
})

test('every list of a folder is taken in once; a foreign file is one failed run, and stops no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
  try {
    writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test']))
    writeFileSync(join(folder, 'b.html'), '<html></html>')
    writeFileSync(join(folder, 'c_domain-drop-list.csv.part'), listOf(['half.test']))
    await setSource({ address: folder, scopeKind: 'increment' })
    const poll = poller()
    await poll(running)
    await poll(running)
    // Another worker, which has not seen the files yet.
    await poller()(running)
    writeFileSync(join(folder, 'd_domain-drop-list.csv'), listOf(['d.test']))
    await poll(running)
    expect(await listedNames(world)).toEqual(['a.test', 'd.test'])
    const runs = await world.ctx.db
      .selectFrom('sync_run')
      .select(['state', 'failure_code', 'excerpt', 'tries'])
      .orderBy('id')
      .execute()
    expect(runs).toEqual([
      { state: 'published', failure_code: null, excerpt: null, tries: 1 },
      { state: 'failed', failure_code: 'not_a_list', excerpt: '<html></html>', tries: 2 },
      { state: 'published', failure_code: null, excerpt: null, tries: 1 },
    ])
    expect(await sourceRow(world)).toMatchObject({ failures: 0 })
    const published = world.log.filter(({ event }) => event === 'list.published')
    expect(published.map((event) => event['list'])).toEqual([
      'a_domain-drop-list.csv',
      'd_domain-drop-list.csv',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
