import { expect, test } from 'vitest'
import { secondsOf, secondsText } from '../src/format/duration.ts'

test('a length of time is written without rounding, and read back as the same', () => {
  const written = [0, 1, 59, 60, 5_400, 93_600, 86_400, 200_000, -300, 31_536_000]
  expect(written.map(secondsText)).toEqual([
    '0 s',
    '1 s',
    '59 s',
    '1 min',
    '1 h 30 min',
    '26 h',
    '24 h',
    '2 d 7 h 33 min 20 s',
    '-5 min',
    '365 d',
  ])
  expect(written.map((seconds) => secondsOf(secondsText(seconds)))).toEqual(written)
})

test('a length of time is read as people type it; other text is none', () => {
  expect(['90', '1h', '1h30m', '1 h 30 min', ' 2 D ', '-5min'].map(secondsOf)).toEqual([
    90, 3_600, 5_400, 5_400, 172_800, -300,
  ])
  expect(['', 'soon', '1.5 h', '5 weeks', '--1', '1 h -5 min'].map(secondsOf)).toEqual(
    Array.from({ length: 6 }),
  )
})
