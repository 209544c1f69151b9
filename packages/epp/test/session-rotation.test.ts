import { expect, test } from 'vitest'
import { catchWith, type StrictSetup, strictSetup } from './support/strict-setup.ts'
import { passUntil } from './support/virtual-time.ts'

const HOUR_MS = 3_600_000

const prepare = ({ clock, pool }: StrictSetup, windowMs: number) =>
  passUntil(clock, pool.prepareFor(clock.nowMs() + windowMs))

test('sessions are replaced before the registry would end them for their age, one at a time', async () => {
  const on = await strictSetup('verisign-like')
  let readyMin = Infinity
  for (let minute = 0; minute < 26 * 60 * 4; minute += 1) {
    await on.clock.pass(15_000)
    readyMin = Math.min(readyMin, on.pool.status().ready)
  }
  expect(Object.fromEntries(on.registry.violations)).toEqual({})
  expect(on.registry.lost).toBe(0)
  expect(on.registry.counted).toMatchObject({ connections: 10, logouts: 5, sessionsMost: 5 })
  expect(readyMin).toBeGreaterThanOrEqual(4)
})

test('before a window exactly the sessions that would end inside it are replaced, and none inside it', async () => {
  const on = await strictSetup('verisign-like')
  await on.clock.pass(22 * HOUR_MS)
  await prepare(on, HOUR_MS)
  expect(on.registry.counted.connections).toBe(5)
  await prepare(on, 3 * HOUR_MS)
  expect(on.registry.counted).toMatchObject({ connections: 10, logouts: 5 })
  await on.clock.pass(3 * HOUR_MS)
  expect(on.registry.counted.connections).toBe(10)
  expect(on.pool.status().ready).toBe(5)
  expect(on.registry.lost).toBe(0)
})

test('sessions that would reach their number of commands inside a window are replaced before it', async () => {
  const on = await strictSetup('no-like')
  const catching = catchWith(on, 20)
  await on.clock.pass(200_000)
  catching.stop()
  await on.clock.pass(5_000)
  const { connections } = on.registry.counted
  await prepare(on, 300_000)
  expect(on.registry.counted.connections - connections).toBe(9)
  const again = catchWith(on, 20)
  await on.clock.pass(300_000)
  again.stop()
  expect(on.registry.counted.connections - connections).toBe(9)
  expect(on.registry.lost).toBe(0)
})

test('a session near its last command is not used any more, even inside a window', async () => {
  const on = await strictSetup('no-like', { sessionsMax: 2, commandsPerSecondMax: 20 })
  await prepare(on, 600_000)
  const catching = catchWith(on, 20)
  await on.clock.pass(600_000)
  catching.stop()
  expect(on.registry.lost).toBe(0)
  expect(on.registry.counted.commands).toBeGreaterThan(6_000)
})

test('inside a window that is longer than any session, they are replaced in turn, and most of the rate stays available', async () => {
  const on = await strictSetup('no-like', { sessionsMax: 3, commandsPerSecondMax: 20 })
  await on.clock.pass(5_000)
  await prepare(on, 1_200_000)
  const catching = catchWith(on, 20)
  let servedMin = Infinity
  for (let seconds = 0; seconds < 600; seconds += 5) {
    const { commands } = on.registry.counted
    await on.clock.pass(5_000)
    servedMin = Math.min(servedMin, on.registry.counted.commands - commands)
  }
  catching.stop()
  expect(servedMin).toBeGreaterThan(50)
  expect(on.registry.lost).toBe(0)
})

test('a new session is not replaced before a window that is longer than any session lives', async () => {
  const on = await strictSetup('verisign-like', { sessionLifeSecondsMax: 3_600 })
  await prepare(on, 3 * HOUR_MS)
  expect(on.registry.counted.connections).toBe(5)
})

test('sessions with a short life are replaced in time, also when their idle time is longer than their life', async () => {
  const on = await strictSetup('verisign-like', { sessionLifeSecondsMax: 60 })
  await on.clock.pass(600_000)
  expect(on.registry.lost).toBe(0)
  expect(on.registry.counted.connections).toBeGreaterThan(40)
})
