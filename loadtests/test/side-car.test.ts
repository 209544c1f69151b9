import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  countRepeated,
  measureDelays,
  measuredOf,
  type OrderReader,
  summariseNotifications,
} from '../src/side-car/figures.ts'
import { startProbe } from '../src/side-car/probe.ts'
import type { Seen } from '../src/side-car/watch-events.ts'
import { OTHERS, watchProcesses } from '../src/side-car/watch-processes.ts'
import { crossed } from './loadtest.ts'
import { run } from './support.ts'

const fromMs = Date.parse('2026-11-29T10:00:00.000Z')
const iso = (ms: number) => new Date(fromMs + ms).toISOString()

function seen(afterMs: number, more: Partial<Seen>): Seen {
  return {
    at: fromMs + afterMs,
    via: 'sse',
    receiver: 0,
    key: 0,
    eventId: `event-${afterMs}`,
    orderId: 'lost',
    result: 'secured',
    happenedAtMs: fromMs,
    ...more,
  }
}

const asked: string[] = []
const readOrder: OrderReader = async ({ id }) => {
  asked.push(id)
  const answered = {
    sent_at: iso(5_000),
    round_trip_ms: 40,
    command: 'create',
    outcome: 'answered',
    cltrid: 'one',
  } as const
  return { state: 'failed', attempts: [], deciding_attempt: { ...answered, decided: true } }
}

test("a result is measured from the registry's answer, an order from when it was secured; a lost one is asked for once", async () => {
  const all = [
    seen(30, {}),
    seen(6_040, { result: 'failed', happenedAtMs: undefined }),
    seen(6_140, { result: 'failed', happenedAtMs: undefined, via: 'webhook' }),
    seen(7_000, { result: 'successful', orderId: 'won', happenedAtMs: fromMs + 6_990 }),
  ]
  const notifications = await measureDelays(all, readOrder)
  expect(notifications.map(({ delayMs }) => delayMs)).toEqual([30, 1_000, 1_100, 10])
  expect(asked).toEqual(['lost'])
  const figures = summariseNotifications(notifications)
  expect(figures.map(({ via, result, count, max }) => [via, result, count, max])).toEqual([
    ['sse', 'secured', 1, 30],
    ['sse', 'successful', 1, 10],
    ['sse', 'failed', 1, 1_000],
    ['sse', 'decided', 2, 1_000],
    ['webhook', 'failed', 1, 1_100],
    ['webhook', 'decided', 1, 1_100],
  ])
})

test('a result whose deciding answer is not on record is no part of the figures', async () => {
  const all = [seen(6_000, { result: 'failed', happenedAtMs: undefined }), seen(30, { orderId: 'secured' })]
  const notifications = await measureDelays(all, async () => ({ state: 'failed', attempts: [] }))
  const figures = summariseNotifications(measuredOf(notifications))
  expect(figures.map(({ result, count, p95 }) => [result, count, p95])).toEqual([['secured', 1, 30]])
})

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a read of the probe that breaks off is counted, and the next ones are made', async () => {
  let reads = 0
  const url = await listen(
    createServer((_, response) => {
      reads += 1
      if (reads > 1) return response.end('{}')
      response.writeHead(200, { 'content-length': '10' })
      return response.write('{', () => response.destroy())
    }),
  )
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  const probe = startProbe(url, 'key', ending.signal)
  await expect.poll(() => probe.points.length, { timeout: 30_000 }).toBeGreaterThan(0)
  expect(probe.failed).toBe(1)
})

const trend = { memory: [{ app: 'gateway', growth: 0.1 }], drift: 1.1 }
const unmeasured = 'trends_measured{of:'
test.each([
  [trend, []],
  [{ ...trend, memory: [] }, [`${unmeasured}gateway} count>0`]],
  [{ memory: trend.memory }, [`${unmeasured}latency} count>0`]],
  [{ ...trend, drift: 2 }, ['latency_drift value<1.5']],
])('a soak whose side-car says %j crosses %j', async (figures, expected) => {
  const faults = { resyncs: 0, unsigned: 0, repeated: 0, unmeasured: 0, probesFailed: 0 }
  const url = await listen(
    createServer((_, response) => response.end(JSON.stringify({ events: [], faults, ...figures }))),
  )
  const data = join(mkdtempSync(join(tmpdir(), 'droplock-loadtest-')), 'data.json')
  writeFileSync(data, JSON.stringify({ keys: [], names: [] }))
  const script = `
    import { countFigures, trendThresholds } from '${join(import.meta.dirname, '..', 'lib', 'side-car.ts')}'
    export const options = {
      scenarios: { one: { executor: 'shared-iterations' } },
      thresholds: { event_faults: ['count==0'], ...trendThresholds(['gateway'], { growthMax: 0.25, driftMax: 1.5 }) },
    }
    export default () => undefined
    export async function teardown() { await countFigures() }`
  const ran = await run(script, { SIDE_CAR: url, DATA_FILE: data })
  expect(crossed(ran), ran.err).toEqual(expected)
})

test('an event that comes twice to one receiver is repeated; to two receivers it is not', () => {
  const first = seen(1, {})
  expect(countRepeated([first, { ...first, receiver: 1 }, { ...first, via: 'webhook' }])).toBe(0)
  expect(countRepeated([first, { ...first, at: first.at + 50 }])).toBe(1)
})

test.runIf(process.platform === 'linux')(
  'processes are told apart by their program, with those they start',
  async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'droplock-loadtest-')), 'apps', 'gateway')
    mkdirSync(folder, { recursive: true })
    const main = join(folder, 'main.mjs')
    writeFileSync(main, `process.stdout.write('up'); setInterval(() => undefined, 1_000)`)
    // Between this process and the app is another one, as a launcher would be.
    const launcher = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(main)}], { stdio: 'inherit' })`
    const child = spawn(process.execPath, ['-e', launcher], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    onTestFinished(() => {
      if (child.pid !== undefined) process.kill(-child.pid)
    })
    await once(child.stdout, 'data')
    const { look } = watchProcesses(process.pid, undefined)
    const usages = new Map(look().map((usage) => [usage.app, usage]))
    expect([...usages.keys()]).toEqual(['gateway', OTHERS])
    expect(usages.get('gateway')?.memoryMb).toBeGreaterThan(10)
  },
)
