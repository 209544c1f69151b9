import type { ServedName } from '@droplock/core/order-of-service/read-names'
import { seededRandom } from '@droplock/rules/seeded-random'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/processes/arguments.ts'
import { readArguments } from '../../src/rehearse/arguments.ts'
import { shiftDay } from '../../src/rehearse/shift-day.ts'
import { requireLoopback } from '../../src/rehearse/simulated.ts'
import { at, givenName } from './support/given-name.ts'

const zones = [
  {
    name: 'test',
    release: 'exact_instant',
    mayHavePremium: false,
    contactRoles: [],
    earlySeconds: 60,
    lateSeconds: 60,
  },
] as const

function shift(names: readonly ServedName[], over: { msMax?: number; paceScale?: number } = {}) {
  return shiftDay({ names, zones }, { msMax: 900_000, paceScale: 1, random: seededRandom(1), ...over })
}

/** Names that are released at these seconds. */
const released = (...seconds: readonly number[]) =>
  seconds.map((second, index) =>
    givenName({
      listingId: `id-${index}`,
      position: index + 1,
      releaseAt: at(second),
      dropFrom: at(second - 60),
      dropTo: at(second + 60),
    }),
  )

/** Names that are released at some moment of a window. */
const within = (
  count: number,
  from: number,
  to: number,
  release: ServedName['release'] = 'random_in_window',
) =>
  Array.from({ length: count }, (_, index) =>
    givenName({
      listingId: `id-${from}-${index}`,
      position: index + 1,
      release,
      releaseAt: null,
      basis: 'turns',
      dropFrom: at(from),
      dropTo: at(to),
    }),
  )

const lasts = (names: readonly ServedName[]) =>
  shift(names, { paceScale: 0.5 }).rehearsed.map(({ fromMs, toMs }) => toMs - fromMs)

describe('a day is moved together', () => {
  test('hours without a window are left out, and what is near stays as far apart as it is', () => {
    const { rehearsed } = shift(released(0, 0.25, 7_200))
    const [first, second, third] = rehearsed.map(({ releaseMs }) => releaseMs)
    expect(first).toBe(2_000)
    expect(second).toBe(2_250)
    expect(third).toBeLessThan(30_000)
  })

  test('names of one second stay in one second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 20 }),
        (offsets) => {
          const names = released(...offsets.map((ms) => ms / 1_000))
          const { rehearsed } = shift(names, { msMax: 1e9 })
          for (const { name, releaseMs, fromMs, toMs } of rehearsed) {
            expect(releaseMs % 1_000).toBe((name.releaseAt?.getTime() ?? 0) % 1_000)
            expect(fromMs).toBe(releaseMs - 2_000)
            expect(toMs).toBe(releaseMs + 8_000)
          }
        },
      ),
    )
  })

  test('moments of release are in their windows; those of a batch follow each other evenly', () => {
    for (const { releaseMs, fromMs, toMs } of shift(within(20, 0, 100)).rehearsed) {
      expect(releaseMs).toBeGreaterThanOrEqual(fromMs)
      expect(releaseMs).toBeLessThan(toMs)
    }
    const batch = shift(within(10, 0, 100, 'daily_batch')).rehearsed.map(({ releaseMs }) => releaseMs)
    expect(batch.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 10 }, (_, index) => 5_000 + 10_000 * index),
    )
  })

  test('windows last as much longer as is wished, where no instant is known', () => {
    expect(lasts(within(1, 0, 100))).toEqual([50_000])
    expect(lasts(released(0))).toEqual([10_000])
  })

  test('what does not fit is cut; what cannot be created is left out', () => {
    const names = [...released(0, 60, 120), givenName({ listingId: 'stopped', reason: 'registry_stopped' })]
    const { rehearsed, cut, endMs } = shift(names, { msMax: 25_000 })
    expect(rehearsed.map(({ name }) => name.listingId)).toEqual(['id-0', 'id-1'])
    expect(cut.map(({ listingId }) => listingId)).toEqual(['id-2'])
    expect(endMs).toBeLessThanOrEqual(25_000)
  })
})

test('hosts are on this machine', () => {
  requireLoopback(['127.0.0.1', '::1', 'localhost'])
  expect(() => requireLoopback(['127.0.0.1', '192.0.2.1'])).toThrow(UsageError)
})

test('the command names a registry, and bounds its numbers', () => {
  expect(readArguments(['--registry', 'acme'])).toMatchObject({ registryId: 'acme', minutes: 15, rivals: 0 })
  const given = ['--registry', 'acme', '--day', '2026-11-30', '--rivals', '2', '--minutes', '5']
  expect(readArguments(given)).toMatchObject({ day: '2026-11-30', rivals: 2, minutes: 5 })
  for (const wrong of [
    [],
    ['--registry', 'a', '--day', '2026-02-30'],
    ['--registry', 'a', '--rivals', '1.5'],
  ])
    expect(() => readArguments(wrong)).toThrow(UsageError)
})
