import { expect, test } from 'vitest'
import type { Series } from '../src/k6/metrics.ts'
import { aggregate, percentile } from '../src/run/aggregate.ts'
import { durationMs } from '../src/run/options.ts'
import { arrivalTimes } from '../src/run/run-scenario.ts'
import { judge, readSelector, readThreshold } from '../src/run/thresholds.ts'

const series = (type: Series['type'], numbers: number[]): Series => ({
  name: 'metric',
  type,
  isTime: false,
  tags: {},
  numbers,
})

test('iterations of a constant rate start evenly spaced', () => {
  const times = [
    ...arrivalTimes({ kind: 'arrivals', startRate: 10, stages: [{ rate: 10, lastsMs: 500 }], vusMax: 1 }),
  ]
  expect(times.map(Math.round)).toEqual([0, 100, 200, 300, 400])
})

test('a rate that rises in a straight line starts its iterations ever closer, as many as under the line', () => {
  const stages = [
    { rate: 20, lastsMs: 1_000 },
    { rate: 20, lastsMs: 1_000 },
  ]
  const times = [...arrivalTimes({ kind: 'arrivals', startRate: 0, stages, vusMax: 1 })]
  expect(times).toHaveLength(30)
  expect(times.map(Math.round).slice(0, 3)).toEqual([0, 316, 447])
  expect(times.map(Math.round).slice(10, 13)).toEqual([1_000, 1_050, 1_100])
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5s', 1_500],
  [250, 250],
])('the duration %s is %d ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
})

test.each(['', 'soon', '10 s', '-1s'])('%j is no duration', (text) => {
  expect(() => durationMs(text)).toThrow('is no duration')
})

test('a percentile lies between two values in proportion', () => {
  expect(percentile([10, 20, 30, 40], 50)).toBe(25)
  expect(percentile([10], 95)).toBe(10)
  expect(percentile([], 95)).toBe(0)
})

test('each type of metric has the values that k6 gives it', () => {
  expect(aggregate(series('counter', [1, 2, 3]), 2)).toEqual({ count: 6, rate: 3 })
  expect(aggregate(series('rate', [1, 0, 1, 1]), 2)).toEqual({ rate: 0.75, passes: 3, fails: 1 })
  expect(aggregate(series('gauge', [5, 1, 3]), 2)).toEqual({ value: 3, min: 1, max: 5 })
  expect(aggregate(series('trend', [3, 1, 2]), 2)).toMatchObject({ avg: 2, min: 1, med: 2, max: 3 })
})

test.each([
  ['p(95)<25', 'trend', [10, 20], true],
  ['p(95) < 15', 'trend', [10, 20], false],
  ['count==2', 'counter', [1, 1], true],
  ['count!=2', 'counter', [1, 1], false],
  ['rate>=0.5', 'rate', [1, 0], true],
  ['rate===1', 'rate', [1, 0], false],
  ['avg<1', 'trend', [], true],
  ['count>0', 'counter', [], false],
] as const)('the threshold %s of a %s with %j is %s', (expression, type, numbers, ok) => {
  const threshold = readThreshold(expression, series(type, [...numbers]))
  expect(judge([threshold], 1)).toMatchObject([{ expression, ok }])
})

test('a threshold may ask for the values with certain tags', () => {
  expect(readSelector('won{who:even, region:eu}')).toEqual({
    name: 'won',
    tags: { who: 'even', region: 'eu' },
  })
  expect(readSelector('won')).toEqual({ name: 'won', tags: undefined })
})
