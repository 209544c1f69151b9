import { connectRegistrar } from '@droplock/epp/connect'
import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { clockOffset } from '../src/pool/clock.ts'
import * as say from './support/answers.ts'
import { configFor, poolOn } from './support/pool.ts'
import { startRegistry } from './support/registry.ts'

/** A machine whose wall clock is its monotonic one. */
const unstepped = { date: () => new Date(0), nowMs: () => 0 }

const hello = fc.record({
  outMs: fc.integer({ min: 0, max: 300 }),
  backMs: fc.integer({ min: 0, max: 300 }),
  laterMs: fc.integer({ min: 0, max: 5_000 }),
})

test('the true offset is always within the error that is returned', () => {
  const resolution = fc.constantFrom(1, 100, 1000)
  const offset = fc.integer({ min: -90_000, max: 90_000 })
  fc.assert(
    fc.property(
      fc.array(hello, { minLength: 1, maxLength: 8 }),
      offset,
      resolution,
      (hellos, trueMs, resolutionMs) => {
        let nowMs = 1_700_000_000_000
        const samples = hellos.map(({ outMs, backMs, laterMs }) => {
          nowMs += laterMs
          const serverUnixMs = Math.floor((nowMs + outMs + trueMs) / resolutionMs) * resolutionMs
          return {
            sentAtMs: nowMs,
            answeredAtMs: nowMs + outMs + backMs,
            serverUnixMs,
            resolutionMs,
          }
        })
        const { offsetMs, errorMs } = clockOffset(samples, unstepped)
        expect(Math.abs(offsetMs - trueMs)).toBeLessThanOrEqual(errorMs)
      },
    ),
  )
})

test('what is sent arrives, by the registry’s clock, within the error that is returned and what the way out varies by, however long the way back is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ backMs: fc.integer({ min: 0, max: 300 }), laterMs: fc.integer({ min: 0, max: 5_000 }) }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 20 }),
      fc.constantFrom(1, 1000),
      (hellos, wayMs, variesMs, resolutionMs) => {
        let nowMs = 1_700_000_000_000
        const ways = hellos.map((_, index) => wayMs + ((index * 7) % (variesMs + 1)))
        const samples = hellos.map(({ backMs, laterMs }, index) => {
          nowMs += laterMs
          const outMs = ways[index] ?? 0
          const serverUnixMs = Math.floor((nowMs + outMs + 77_000) / resolutionMs) * resolutionMs
          const answeredAtMs = nowMs + outMs + backMs
          return { sentAtMs: nowMs, answeredAtMs, serverUnixMs, resolutionMs }
        })
        const { arrivalMs, arrivalErrorMs } = clockOffset(samples, unstepped)
        const fastestMs = Math.min(...ways) + 77_000
        const slowestMs = Math.max(...ways) + 77_000
        // One hello may bound the time from below and a faster one from above: what is returned then lies between their ways.
        const apartMs = Math.max(fastestMs - arrivalMs, arrivalMs - slowestMs, 0)
        expect(apartMs).toBeLessThanOrEqual(arrivalErrorMs + 1)
        for (const arrivesMs of [fastestMs, slowestMs])
          expect(Math.abs(arrivalMs - arrivesMs)).toBeLessThanOrEqual(arrivalErrorMs + 1 + variesMs)
      },
    ),
    {
      examples: [
        [
          [
            { backMs: 0, laterMs: 4991 },
            { backMs: 0, laterMs: 0 },
          ],
          4,
          7,
          1000,
        ],
      ],
      numRuns: 1000,
    },
  )
})

test('a registry whose times are whole seconds is asked when its clock may just change, until the error is small', async () => {
  const { pool } = await poolOn((command, peer) => {
    if (command.verb !== 'hello') return undefined
    peer.reply(say.greeting(new Date(Date.now() + 350).toISOString().replace(/\.\d+/, '')))
    return 'handled'
  })
  const { arrivalMs, arrivalErrorMs } = await pool.measureClock()
  expect(arrivalErrorMs).toBeLessThan(100)
  expect(Math.abs(arrivalMs - 350)).toBeLessThanOrEqual(arrivalErrorMs + 50)
}, 30_000)

test('a registry clock that is a minute ahead is measured as such', async () => {
  const { pool } = await poolOn((command, peer) => {
    if (command.verb !== 'hello') return undefined
    peer.reply(say.greeting(new Date(Date.now() + 60_000).toISOString()))
    return 'handled'
  })
  const { offsetMs, errorMs } = await pool.measureClock()
  expect(Math.abs(offsetMs - 60_000)).toBeLessThanOrEqual(errorMs + 2)
})

test('a clock of this machine that is stepped while the registry’s is measured is compared as it is afterwards', async () => {
  let steppedMs = 0
  let hellos = 0
  const date = () => new Date(Date.now() + steppedMs)
  const { pool } = await poolOn(
    (command, peer) => {
      if (command.verb !== 'hello') return undefined
      hellos += 1
      steppedMs = hellos === 2 ? 25_000 : hellos === 5 ? 49_000 : steppedMs
      peer.reply(say.greeting(new Date().toISOString()))
      return 'handled'
    },
    {},
    { clock: { ...systemClock, date } },
  )
  const { offsetMs, errorMs, arrivalMs } = await pool.measureClock()
  expect(steppedMs).toBe(49_000)
  expect(Math.abs(offsetMs + steppedMs)).toBeLessThanOrEqual(errorMs + 2)
  expect(Math.abs(arrivalMs + steppedMs)).toBeLessThanOrEqual(50)
})

test('the greeting that begins a session says what the registry’s clock is before it is measured', async () => {
  const aheadMs = 60_000
  const registry = await startRegistry()
  onTestFinished(() => registry.stop())
  registry.greet = (peer) => peer.reply(say.greeting(new Date(Date.now() + aheadMs).toISOString()))
  const pool = await connectRegistrar(configFor(registry))
  onTestFinished(() => pool.close())
  const { offsetMs, errorMs } = pool.clockOfGreetings() ?? { offsetMs: 0, errorMs: 0 }
  expect(Math.abs(offsetMs - aheadMs)).toBeLessThanOrEqual(errorMs + 2)
})

test('without a time in the greeting no offset is guessed', async () => {
  const { pool } = await poolOn((command, peer) => {
    if (command.verb !== 'hello') return undefined
    peer.reply(say.greeting('today'))
    return 'handled'
  })
  await expect(pool.measureClock()).rejects.toThrow(RangeError)
})
