import { createLogger } from '@droplock/observability/logger'
import { expect, test, vi } from 'vitest'
import { backOffMs } from '../src/feeds/fetch-sources.ts'
import { drainBatches, pauseMs, runJob } from '../src/jobs/jobs.ts'
import { createSchedule } from '../src/jobs/schedule.ts'

test('a job that fails is logged once for each failure and runs again', async () => {
  const lines: string[] = []
  const logger = createLogger({
    app: 'worker',
    level: 'info',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  })
  const stop = new AbortController()
  let runs = 0
  const run = async () => {
    runs += 1
    if (runs < 3) throw new Error(`failure ${runs}`)
    stop.abort()
    return { done: 1 }
  }
  await runJob({ name: 'try', everyMs: 1, run }, logger, stop.signal)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'try', level: 'error', err: { message: 'failure 1' } },
    { event: 'try', level: 'error', err: { message: 'failure 2' } },
    { event: 'try', level: 'info', done: 1 },
  ])
})

test('the size of a batch follows from how long the last full one took, until one is empty', async () => {
  let nowMs = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  const sizes: number[] = []
  let left = 120
  const doBatch = async (size: number) => {
    sizes.push(size)
    nowMs += size === 40 ? 100 : 1
    const done = Math.min(size, left)
    left -= done
    return done || undefined
  }
  expect(await drainBatches(doBatch, new AbortController().signal)).toEqual({
    batches: 6,
    listings: 120,
    longestBatchMs: 100,
  })
  // 10 + 20 + 40, which takes too long, then ten at a time, which are fast again.
  expect(sizes).toEqual([10, 20, 40, 10, 20, 40, 40])
  clock.mockRestore()
})

test('a job that is aborted ends its run and does not pause', async () => {
  const stop = new AbortController()
  let ended = false
  const run = () =>
    new Promise<undefined>((resolve) => {
      stop.signal.addEventListener('abort', () => {
        ended = true
        resolve(undefined)
      })
    })
  const logger = createLogger({ app: 'worker', level: 'silent', pretty: false })
  const beating = runJob({ name: 'try', everyMs: 86_400_000, run }, logger, stop.signal)
  stop.abort()
  await beating
  expect(ended).toBe(true)
})

test.each([
  { everyMs: 250, failures: 0, expected: 250 },
  { everyMs: 250, failures: 2, expected: 1_000 },
  { everyMs: 250, failures: 60, expected: 30_000 },
  { everyMs: 60_000, failures: 60, expected: 60_000 },
])('after $failures failures a job of $everyMs ms pauses $expected ms', ({ everyMs, failures, expected }) => {
  expect(pauseMs(everyMs, failures)).toBe(expected)
})

test.each([
  { pollMs: 60_000, failures: 0, expected: 120_000 },
  { pollMs: 60_000, failures: 50, expected: 3_600_000 },
  { pollMs: 7_200_000, failures: 3, expected: 7_200_000 },
])(
  'a source asked every $pollMs ms is left alone $expected ms after $failures failures and one more',
  (row) => {
    expect(backOffMs(row.pollMs, row.failures)).toBe(row.expected)
  },
)

test.each([0, 50, 10_000])(
  'the due times are never read sooner than they may be, idle after %i ms',
  (idleMs) => {
    const { everyMs, idleMs: waitsMs } = createSchedule({ idleMs, readDueTimes: async () => new Map() }).job
    expect(waitsMs).toBeGreaterThanOrEqual(everyMs)
  },
)
