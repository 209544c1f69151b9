import { expect, test } from 'vitest'
import { ClockBounds } from '../../src/rivals/clock-bounds.ts'

test('each time of the registry narrows what its clock can be', () => {
  const clock = new ClockBounds()
  expect(clock.offsetMs).toBe(0)
  clock.note(100, 200, 1_150)
  expect(clock.offsetMs).toBe(1_000.5)
  clock.note(300, 320, 1_310)
  expect(clock.offsetMs).toBe(1_000.5)
  clock.note(400, 410, 1_401)
  expect(clock.offsetMs).toBe(996.5)
})

test('a time in whole seconds may be up to a second later', () => {
  const clock = new ClockBounds()
  clock.note(0, 0, 5_000, 1_000)
  expect(clock.offsetMs).toBe(5_500)
})

test('a time that contradicts those before replaces them', () => {
  const clock = new ClockBounds()
  clock.note(0, 10, 1_000)
  clock.note(0, 10, 2_000)
  expect(clock.offsetMs).toBe(1_995.5)
})
