import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  countRepeated,
  measureDelays,
  type OrderReader,
  summariseNotifications,
} from '../src/side-car/figures.ts'
import type { Seen } from '../src/side-car/watch-events.ts'
import { watchProcesses } from '../src/side-car/watch-processes.ts'

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
    const usages = look().filter(({ app }) => app === 'gateway')
    expect(usages).toHaveLength(1)
    expect(usages[0]?.memoryMb).toBeGreaterThan(10)
  },
)
