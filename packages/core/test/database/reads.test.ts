import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startFaultyProxy } from '../../../epp/src/conformance/faulty-proxy.ts'
import { isUnreachable, RequestEnded, statementTimedOut } from '../../src/database/errors.ts'
import { openReads } from '../../src/database/reads.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase()
})
afterAll(() => clone.drop())

function open(connectionsMax = 1) {
  const reads = openReads({ url: clone.urls.gateway, connectionsMax, applicationName: 'droplock-test-reads' })
  onTestFinished(reads.destroy)
  return reads
}

const aMinute = () => performance.now() + 60_000
const sleep = sql`select pg_sleep(60)`

/** How many statements of the reads run at the server. */
async function countRunning(): Promise<number> {
  const { rows } = await sql`select from pg_stat_activity
    where application_name = 'droplock-test-reads' and state = 'active' and query like '%pg_sleep%'`.execute(
    clone.db,
  )
  return rows.length
}

const untilRunning = (count: number) =>
  vi.waitFor(async () => expect(await countRunning()).toBe(count), { timeout: 10_000, interval: 10 })

test('a read whose request is over is ended at the server, and the next read is not', async () => {
  const reads = open()
  const over = new AbortController()
  const running = sleep.execute(reads.within({ signal: over.signal, untilMs: aMinute() }))
  const ended = expect(running).rejects.toThrow(RequestEnded)
  await untilRunning(1)
  over.abort()
  await ended
  await untilRunning(0)
  const { rows } = await sql<{ n: number }>`select 1 as n`.execute(
    reads.within({ signal: new AbortController().signal, untilMs: aMinute() }),
  )
  expect(rows).toEqual([{ n: 1 }])
})

test('a read whose connection was forgotten on the way, without a word to either side, ends with its request, and the next has another', async () => {
  const url = new URL(clone.urls.gateway)
  const proxy = await startFaultyProxy(url.hostname, Number(url.port))
  onTestFinished(() => proxy.stop())
  url.port = String(proxy.port)
  const reads = openReads({ url: url.href, connectionsMax: 1, applicationName: 'droplock-test-reads' })
  onTestFinished(reads.destroy)
  const one = sql<{ n: number }>`select 1 as n`
  const read = (signal: AbortSignal) => one.execute(reads.within({ signal, untilMs: aMinute() }))
  await read(new AbortController().signal)
  proxy.silenceOpen()
  await expect(read(AbortSignal.timeout(100))).rejects.toThrow(RequestEnded)
  expect((await read(new AbortController().signal)).rows).toEqual([{ n: 1 }])
})

test('a read takes no longer than its request has left', async () => {
  const reads = open()
  const { signal } = new AbortController()
  // Opens the connection, which may take longer than is left.
  await sql`select`.execute(reads.within({ signal, untilMs: aMinute() }))
  const within = reads.within({ signal, untilMs: performance.now() + 300 })
  const error: unknown = await sleep.execute(within).catch((caught: unknown) => caught)
  expect([statementTimedOut(error), isUnreachable(error)]).toEqual([true, true])
})

test('a read that waits for a connection ends with its request', async () => {
  const reads = open(1)
  const first = new AbortController()
  const running = sleep.execute(reads.within({ signal: first.signal, untilMs: aMinute() }))
  await untilRunning(1)
  const second = new AbortController()
  const waiting = sleep.execute(reads.within({ signal: second.signal, untilMs: aMinute() }))
  const both = [running, waiting].map((read) => expect(read).rejects.toThrow(RequestEnded))
  second.abort()
  first.abort()
  await Promise.all(both)
  await untilRunning(0)
})

test('a read cannot write, and its settings do not stay on the connection', async () => {
  const reads = open()
  const within = () => reads.within({ signal: new AbortController().signal, untilMs: aMinute() })
  await expect(sql`delete from watch`.execute(within())).rejects.toThrow('read-only')
  const shown = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(within())
  expect(shown.rows).toEqual([{ statement_timeout: '2s' }])
})

test('reads at once share the connections that there are', async () => {
  const reads = open(2)
  const within = reads.within({ signal: new AbortController().signal, untilMs: aMinute() })
  const read = async (n: number) =>
    (await sql<{ n: number }>`select ${n}::integer as n`.execute(within)).rows[0]?.n
  const numbers = Array.from({ length: 40 }, (_, index) => index)
  expect(await Promise.all(numbers.map(read))).toEqual(numbers)
  expect(reads.connections()).toMatchObject({ busy: 0, waiting: 0 })
})
