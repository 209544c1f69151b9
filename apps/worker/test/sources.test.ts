import { asService } from '@droplock/core/context'
import { disableSource, requestFetch } from '@droplock/core/sources/administer'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { zipOf } from '../../../packages/feeds/test/zip.ts'
import { type ListServer, serveFile, serveSlowly, startListServer } from './support/list-server.ts'
import {
  fetcher,
  givenSource,
  givenWorld,
  listedNames,
  listOf,
  rule,
  runStates,
  sourceRow,
  type World,
} from './support/world.ts'

// What a source's server may answer, over HTTP, and what is recorded of it.

const patient = { timeout: 15_000, interval: 20 }
const running = new AbortController().signal
let world: World
let server: ListServer
let sourceId: string

beforeEach(async () => {
  world = await givenWorld()
  server = await startListServer(serveFile(listOf(['a.test', 'b.test'])))
  sourceId = await givenSource(world, { address: server.url })
})
afterEach(async () => {
  await server.close()
  await world.clone.drop()
})

const runs = () =>
  world.ctx.db
    .selectFrom('sync_run')
    .select(['id', 'state', 'failure_code', 'excerpt', 'tries', 'octets_read', 'octets_total', 'dry_run'])
    .orderBy('id')
    .execute()

const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}) => {
  server.answer = (_request, response) => response.writeHead(status, headers).end(body)
}

/** Fetches once, and expects that to fail. */
const fails = (poll = fetcher(world)) => expect(poll(running)).rejects.toThrow()

describe('a source that serves no list', () => {
  test('is one failed run per kind of failure, however often it is tried, until a list comes between', async () => {
    answer(200, '<html>Maintenance 1</html>')
    await fails()
    answer(200, '<html>Maintenance 2</html>')
    await fails()
    answer(503)
    await fails()
    await fails()
    server.answer = serveFile(listOf(['a.test']))
    await fetcher(world)(running)
    answer(503)
    await fails()
    expect(await runs()).toMatchObject([
      { state: 'failed', failure_code: 'not_a_list', excerpt: '<html>Maintenance 2</html>', tries: 2 },
      { state: 'failed', failure_code: 'http_status', excerpt: null, tries: 2 },
      { state: 'published', failure_code: null, tries: 1 },
      { state: 'failed', failure_code: 'http_status', tries: 1 },
    ])
    expect(await sourceRow(world)).toMatchObject({ failures: 1, failure_code: 'http_status' })
  })

  test('because nobody answers is unreachable', async () => {
    await server.close()
    await fails()
    expect(await runs()).toMatchObject([{ state: 'failed', failure_code: 'unreachable' }])
    expect(await sourceRow(world)).toMatchObject({
      failure: expect.stringContaining('ECONNREFUSED'),
      failures: 1,
    })
  })

  test('because its text is UTF-16 without a byte order mark is told as such', async () => {
    server.answer = (_request, response) => response.end(Buffer.from(listOf(['a.test']), 'utf16le'))
    await fails()
    expect(await runs()).toMatchObject([{ state: 'failed', failure_code: 'not_text' }])
  })

  test('does not keep another source from being fetched', async () => {
    answer(500)
    const other = await startListServer(serveFile(listOf(['c.test'])))
    try {
      await givenSource(world, { address: other.url })
      const poll = fetcher(world, rule)
      await fails(poll)
      await poll(running)
      expect(await listedNames(world)).toEqual(['c.test'])
    } finally {
      await other.close()
    }
  })
})

describe('a list that was taken before', () => {
  test('leaves no run, whether the server says so or not; the source’s health says when it was well', async () => {
    await fetcher(world)(running)
    const { good_at: before } = await sourceRow(world)
    await fetcher(world)(running)
    answer(200, listOf(['a.test']))
    await fetcher(world)(running)
    await fetcher(world)(running)
    expect(await runStates(world)).toEqual(['published', 'published'])
    const { good_at: after, list_at: listAt, content_sha256: hash } = await sourceRow(world)
    expect(after?.getTime()).toBeGreaterThan(before?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(listAt.getTime()).toBeLessThan(after?.getTime() ?? 0)
    expect(hash).toHaveLength(32)
  })

  test('and comes slowly shows as running meanwhile, and leaves no run', async () => {
    const list = listOf(['a.test', 'b.test'])
    answer(200, list)
    await fetcher(world)(running)
    const slow = serveSlowly(list, 40)
    server.answer = slow.answer
    const polling = fetcher(world)(running)
    await vi.waitFor(async () => expect(await runStates(world)).toEqual(['published', 'running']), patient)
    slow.sendRest()
    await polling
    expect(await runStates(world)).toEqual(['published'])
  })
})

test('a list that comes slowly shows how far it is, and its run goes on to publication', async () => {
  const list = listOf(['a.test', 'b.test'])
  const slow = serveSlowly(list, 40)
  server.answer = slow.answer
  const polling = fetcher(world)(running)
  const octets = { octets_read: 40n, octets_total: BigInt(list.length) }
  await vi.waitFor(async () => expect(await runs()).toMatchObject([{ state: 'running', ...octets }]), patient)
  const [before] = await runs()
  slow.sendRest()
  await polling
  const length = BigInt(list.length)
  expect(await runs()).toMatchObject([
    { id: before?.id, state: 'published', octets_read: length, octets_total: length },
  ])
})

const pauseSeconds = async () => {
  const { next_try_at: next, tried_at: tried } = await sourceRow(world)
  return Math.round((next.getTime() - (tried?.getTime() ?? 0)) / 1_000)
}

describe('a source that asks to be left alone', () => {
  test.each([
    ['in seconds', '5000', 5_000],
    ['for less than the usual pause', '1', 120],
    ['for longer than a day', '999999', 86_400],
    ['in words', 'soon', 120],
    ['until a time that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 120],
  ])('%s is', async (_how, field, seconds) => {
    answer(429, '', { 'retry-after': field })
    await fails(fetcher(world, rule))
    expect(await pauseSeconds()).toBe(seconds)
  })

  test('until a date is', async () => {
    answer(503, '', { 'retry-after': new Date(Date.now() + 7_200_000).toUTCString() })
    await fails(fetcher(world, rule))
    expect(Math.abs((await pauseSeconds()) - 7_200)).toBeLessThan(60)
  })
})

const setCredentials = (credentials: string, address = server.url) =>
  world.ctx.db.updateTable('list_source').set({ credentials, address }).execute()

describe('credentials', () => {
  const known = new Map([
    ['basic', { user: 'me', password: 'hi:dden' }],
    ['bearer', { token: 'abc.def' }],
  ] as const)
  const poll = () => fetcher(world, undefined, known)(running)

  test('are sent as a user and password or as a token', async () => {
    await setCredentials('basic')
    await poll()
    await setCredentials('bearer')
    await poll()
    const basic = `Basic ${Buffer.from('me:hi:dden').toString('base64')}`
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([basic, 'Bearer abc.def'])
  })

  test('of an unknown name fail their source clearly, which is not asked', async () => {
    await setCredentials('nobody')
    await expect(poll()).rejects.toThrow('no entry "nobody"')
    expect(server.requests).toEqual([])
    expect(await runs()).toMatchObject([{ state: 'failed', failure_code: 'credentials_unknown' }])
  })

  test('follow a redirect to the same host, and go to no other', async () => {
    await setCredentials('bearer')
    const other = await startListServer(serveFile(listOf(['c.test'])))
    try {
      server.answer = (request, response) => {
        if (request.url === '/moved.csv') response.writeHead(302, { location: other.url }).end()
        else response.writeHead(307, { location: '/moved.csv' }).end()
      }
      await poll()
      expect(server.requests.map(({ authorization }) => authorization)).toEqual([
        'Bearer abc.def',
        'Bearer abc.def',
      ])
      expect(other.requests.map(({ authorization }) => authorization)).toEqual([undefined])
      expect(await listedNames(world)).toEqual(['c.test'])
    } finally {
      await other.close()
    }
  })

  test.each([
    ['to another scheme', (url: string) => url.replace('http:', 'https:')],
    ['to a file', () => 'file:///etc/passwd'],
    ['in a circle', (url: string) => url],
    ['to an address with a password', (url: string) => url.replace('//', '//me:hidden@')],
  ])('a redirect %s is not followed', async (_where, locationOf) => {
    answer(302, '', { location: locationOf(server.url) })
    await fails()
    expect(await runs()).toMatchObject([{ state: 'failed', failure_code: 'redirect_refused' }])
  })
})

const requestDryRun = () =>
  requestFetch(asService(world.ctx), { id: sourceId, reason: 'to look at it', isDryRun: true })

describe('a dry run', () => {
  test('is fetched whatever the server said before, ends as ready and changes nothing; the next fetch is for real', async () => {
    const poll = fetcher(world, rule)
    await poll(running)
    server.answer = serveFile(listOf(['a.test', 'b.test', 'c.test']))
    await requestDryRun()
    await poll(running)
    expect(await listedNames(world)).toEqual(['a.test', 'b.test'])
    expect(await runs()).toMatchObject([
      { state: 'published', dry_run: false },
      { state: 'ready', dry_run: true },
    ])
    expect(server.requests.at(-1)?.ifNoneMatch).toBeUndefined()
    expect(world.log.at(-1)).toMatchObject({ event: 'list.compared', rows: 3 })
    await requestFetch(asService(world.ctx), { id: sourceId, reason: 'it is right', isDryRun: false })
    server.answer = serveFile(listOf(['a.test', 'b.test', 'c.test']), '"v2"')
    await poll(running)
    expect(await listedNames(world)).toEqual(['a.test', 'b.test', 'c.test'])
  })
})

test('names that the registry has deleted are recorded, and none is listed', async () => {
  const today = new Date().toISOString().slice(0, 10)
  answer(200, `${today} 08:10:56 UTC\n\na.test\nb.test\nnot a name\n`)
  await fetcher(world)(running)
  expect(await listedNames(world)).toEqual([])
  const names = await world.ctx.db.selectFrom('observed_list_name').select(['name', 'day']).execute()
  expect(names).toEqual([
    { name: 'a.test', day: today },
    { name: 'b.test', day: today },
  ])
  expect(await runs()).toMatchObject([{ state: 'published', failure_code: null }])
  await fetcher(world)(running)
  expect(await runStates(world)).toEqual(['published'])
})

test('a list in a zip archive, whatever its file is called, becomes listings', async () => {
  const hour = new Date(Date.now() + 3_600_000).toISOString()
  const text = `a.test;${hour.slice(0, 10)} ${hour.slice(11, 19)}\n`
  server.answer = (_request, response) => response.end(zipOf({ name: 'pending.csv', text }))
  await fetcher(world)(running)
  expect(await listedNames(world)).toEqual(['a.test'])
})

test('a source that is disabled while it is fetched is fetched no further, and nothing of it is recorded', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    server.answer = serveSlowly(listOf(['a.test']), 40).answer
    const polling = fetcher(world)(running)
    const ended = expect(polling).rejects.toThrow('disabled')
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), patient)
    await disableSource(asService(world.ctx), { id: sourceId, reason: 'the wrong supplier' })
    await vi.advanceTimersByTimeAsync(5_000)
    await ended
    expect(await runStates(world)).toEqual([])
    expect(await sourceRow(world)).toMatchObject({ claimed_by: null, failures: 0 })
  } finally {
    vi.useRealTimers()
  }
})
