import { expect, test } from 'vitest'
import { decideCare, leadMs, type SandboxName, timeScales } from '../src/sandbox-drops.ts'

const NOW = new Date('2026-11-29T12:00:00Z')
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

const named = (changes: Partial<SandboxName> = {}): SandboxName => ({
  name: 'caught-1.qwertyui.sandbox',
  isTaken: false,
  state: 'open',
  isInTime: true,
  ...changes,
})
const unlisted = named({ state: null, isInTime: false })

test('a day passes in half a minute at the fastest, in a minute by default, and in a day at scale 1', () => {
  expect([timeScales.max, timeScales.usual, 1].map(leadMs)).toEqual([30_000, 60_000, 86_400_000])
})

test('a name is planned at the registry until it drops, and its list is read until the name is on it', () => {
  expect(decideCare([unlisted], inSeconds(60), NOW)).toMatchObject({
    plan: [unlisted.name],
    readsList: true,
    isListed: false,
    hasEnded: false,
  })
  expect(decideCare([named()], inSeconds(60), NOW)).toMatchObject({
    plan: [unlisted.name],
    readsList: false,
    isListed: true,
  })
  expect(decideCare([named({ state: 'dropping' })], inSeconds(-1), NOW)).toMatchObject({
    plan: [],
    readsList: false,
    isListed: true,
    hasEnded: false,
  })
})

test('a name that is listed for another time has not moved yet', () => {
  expect(decideCare([named({ isInTime: false })], inSeconds(60), NOW)).toMatchObject({
    readsList: true,
    isListed: false,
  })
})

test('before a drop its list is read again, and the look for that comes in time', () => {
  const before = decideCare([named()], inSeconds(20), NOW)
  expect(before).toMatchObject({ readsList: false, againMs: 2_500 })
  expect(decideCare([named()], inSeconds(17), NOW).readsList).toBe(true)
})

test('a name that a later drop has is not moved back, and holds up nothing', () => {
  const taken = named({ isTaken: true, isInTime: false })
  expect(decideCare([taken, named({ name: 'other', state: 'lost' })], inSeconds(60), NOW)).toMatchObject({
    plan: [],
    isListed: true,
    hasEnded: true,
  })
})

test('a drop ends when each of its names has', () => {
  const over = named({ state: 'caught' })
  expect(decideCare([over, named({ state: 'dropping' })], inSeconds(-5), NOW).hasEnded).toBe(false)
  expect(decideCare([over, named({ state: 'unsold' })], inSeconds(-5), NOW).hasEnded).toBe(true)
})

test('names that never came onto the list are given up', () => {
  expect(decideCare([unlisted], inSeconds(-60), NOW)).toMatchObject({
    plan: [],
    readsList: false,
    hasEnded: false,
  })
  expect(decideCare([unlisted], inSeconds(-600), NOW).hasEnded).toBe(true)
})
