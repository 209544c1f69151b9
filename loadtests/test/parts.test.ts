import { expect, test } from 'vitest'
import { cumulativeShares, fractionOf, rankAt } from '../lib/zipf.ts'
import type { Series } from '../src/k6/metrics.ts'
import { arrivalTimes } from '../src/run/arrivals.ts'
import { durationMs } from '../src/run/options.ts'
import { recordSeconds, type SecondRow } from '../src/run/record-seconds.ts'
import { reasonsToRefuse } from '../src/run/refuse-result.ts'
import { createSink, type MetricType } from '../src/run/sinks.ts'
import { findAbort, judge, readSelector, readThreshold } from '../src/run/thresholds.ts'
import { growthOf } from '../src/side-car/trend.ts'

function sinkOf(type: MetricType, numbers: readonly number[]) {
  const sink = createSink(type)
  for (const number of numbers) sink.add(number)
  return sink
}

const series = (type: MetricType, numbers: readonly number[]): Series => ({
  name: 'metric',
  type,
  isTime: false,
  tags: {},
  sink: sinkOf(type, numbers),
})

test('iterations of a constant rate start evenly spaced', () => {
  const times = [...arrivalTimes({ startRate: 10, stages: [{ rate: 10, lastsMs: 500 }] })]
  expect(times.map(Math.round)).toEqual([0, 100, 200, 300, 400])
})

test('a rate that rises in a straight line starts its iterations ever closer, as many as under the line', () => {
  const stages = [
    { rate: 20, lastsMs: 1_000 },
    { rate: 20, lastsMs: 1_000 },
  ]
  const times = [...arrivalTimes({ startRate: 0, stages })]
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

test('a percentile is within a thousandth of the value in that place, and is never below it', () => {
  const numbers = Array.from({ length: 10_000 }, (_, index) => (index + 1) ** 2 / 1_000)
  const sink = sinkOf('trend', numbers)
  for (const p of [50, 95, 99, 99.9]) {
    const exact = numbers[Math.round((p / 100) * numbers.length) - 1] ?? 0
    expect(sink.valueOf(`p(${p})`, 1)).toBeGreaterThanOrEqual(exact)
    expect(sink.valueOf(`p(${p})`, 1)).toBeLessThanOrEqual(exact * 1.001 + 0.001)
  }
  expect(sink.valueOf('max', 1)).toBe(100_000)
  expect(sinkOf('trend', []).valueOf('p(95)', 1)).toBe(0)
})

test('each type of metric has the values that k6 gives it', () => {
  expect(sinkOf('counter', [1, 2, 3]).values(2)).toEqual({ count: 6, rate: 3 })
  expect(sinkOf('rate', [1, 0, 1, 1]).values(2)).toEqual({ rate: 0.75, passes: 3, fails: 1 })
  expect(sinkOf('gauge', [5, 1, 3]).values(2)).toEqual({ value: 3, min: 1, max: 5 })
  expect(sinkOf('trend', [3, 1, 2]).values(2)).toMatchObject({ avg: 2, min: 1, med: 2, max: 3 })
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
  const threshold = readThreshold(expression, series(type, numbers))
  expect(judge([threshold], 1)).toMatchObject([{ expression, ok }])
})

test('a crossed threshold ends the run only if it is to, and not before its time', () => {
  const crossed = series('rate', [1])
  const lasting = readThreshold('rate<0.5', crossed)
  const ending = readThreshold({ threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '10s' }, crossed)
  expect(findAbort([lasting, ending], 9_999)).toBeUndefined()
  expect(findAbort([lasting, ending], 10_000)).toBe(ending)
  const silent = readThreshold({ threshold: 'rate>0.5', abortOnFail: true }, series('rate', []))
  expect(findAbort([silent], 10_000)).toBeUndefined()
})

test('a threshold may ask for the values with certain tags', () => {
  expect(readSelector('won{who:even, region:eu}')).toEqual({
    name: 'won',
    tags: { who: 'even', region: 'eu' },
  })
  expect(readSelector('won')).toEqual({ name: 'won', tags: undefined })
})

test('an hour of values is summed up by second, and only the last seconds are held', () => {
  const rows: SecondRow[] = []
  const recorder = recordSeconds((row) => rows.push(row))
  const sample = { metric: 'took', type: 'trend', tags: { name: 'search', scenario: 'storm' } } as const
  for (let ms = 0; ms < 3_600_000; ms += 100)
    recorder.record(ms + 1_000, { ...sample, value: (ms % 1_000) / 100 })
  expect(rows).toHaveLength(3_595)
  recorder.end()
  expect(rows).toHaveLength(3_601)
  expect(rows[0]).toEqual({
    at: 1,
    metric: 'took',
    type: 'trend',
    label: 'search',
    count: 10,
    p50: 4.015,
    p95: 9,
    p99: 9,
    max: 9,
  })
  expect(rows.at(-1)).toMatchObject({ at: 0, count: 36_000 })
})

const calm = { startLateP99Ms: 2, eventLoopDelayP99Ms: 4, busyShare: 0, droppedIterations: 0 }

test.each([
  [{}, []],
  [{ droppedIterations: 3 }, ['3 iterations found no free virtual user and were dropped']],
  [{ startLateP99Ms: 200 }, ['one iteration in a hundred started 200 ms late or later']],
  [{ eventLoopDelayP99Ms: 90 }, ["the generator's event loop was delayed by 90 ms (99th percentile)"]],
  [{ busyShare: 0.5 }, ['the generator was at its limit for 50 % of the time']],
])('a generator with %j is refused for %j', (facts, reasons) => {
  expect(reasonsToRefuse({ ...calm, ...facts })).toEqual(reasons)
})

test("claims follow Zipf's law: the first of a thousand names is wanted a thousand times as often as the last", () => {
  const shares = cumulativeShares(1_000)
  const counts = Array.from({ length: 1_000 }, () => 0)
  for (let turn = 0; turn < 200_000; turn += 1) {
    const rank = rankAt(shares, fractionOf(turn))
    counts[rank] = (counts[rank] ?? 0) + 1
  }
  const [first = 0, second = 0] = counts
  expect(first / second).toBeCloseTo(2, 1)
  expect(first / 200_000).toBeCloseTo(shares[0] ?? 0, 2)
  expect(Math.min(...counts)).toBeGreaterThan(0)
})

const points = (valueAt: (at: number) => number) =>
  Array.from({ length: 101 }, (_, at) => ({ at, value: valueAt(at) }))

test('growth is that of the last fifth over the second; the first, in which a process warms up, is left out', () => {
  expect(growthOf(points((at) => (at < 20 ? 1 : 100)))).toBe(1)
  expect(growthOf(points((at) => 100 + at))).toBeCloseTo(190 / 130)
  expect(growthOf(points(() => 1).slice(0, 10))).toBeUndefined()
})
