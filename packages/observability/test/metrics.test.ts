import { expect, test } from 'vitest'
import { createMetrics } from '../src/metrics.ts'

const about = { name: 'things_total', help: 'Things.', labels: ['kind'] } as const

test('a figure that cannot be read is left out and counted, and the others are there', async () => {
  const metrics = createMetrics()
  metrics.gauge({ ...about, name: 'away' }, () => Promise.reject(new Error('the database is away')))
  metrics.gauge({ ...about, name: 'here' }, () => [{ labels: { kind: 'a' }, value: 7 }])
  const { text } = await metrics.write()
  expect(text).toContain('droplock_here{kind="a"} 7\n')
  expect(text).not.toContain('droplock_away{')
  expect((await metrics.write()).text).toContain('droplock_metrics_read_failures_total{of="away"}')
})

test('a series that is gone is no longer shown, and what was counted elsewhere is shown as it is', async () => {
  const metrics = createMetrics()
  let kind = 'a'
  metrics.counted(about, () => [{ labels: { kind }, value: 3 }])
  expect((await metrics.write()).text).toContain('droplock_things_total{kind="a"} 3\n')
  expect((await metrics.write()).text).toContain('droplock_things_total{kind="a"} 3\n')
  kind = 'b'
  const { text } = await metrics.write()
  expect(text).toContain('droplock_things_total{kind="b"} 3\n')
  expect(text).not.toContain('kind="a"')
})

test('what counts counts one at a time, and a duration falls into its bucket', async () => {
  const metrics = createMetrics()
  const count = metrics.counter(about)
  count({ kind: 'a' })
  count({ kind: 'a' })
  metrics.durations({ ...about, name: 'work_seconds' })({ kind: 'a' }, 0.003)
  const { text } = await metrics.write()
  expect(text).toContain('droplock_things_total{kind="a"} 2\n')
  expect(text).toContain('droplock_work_seconds_bucket{le="0.0025",kind="a"} 0\n')
  expect(text).toContain('droplock_work_seconds_bucket{le="0.005",kind="a"} 1\n')
})

test('many who ask at once read each metric once', async () => {
  const metrics = createMetrics()
  let reads = 0
  metrics.gauge({ ...about, name: 'slow' }, () => {
    reads += 1
    return [{ labels: { kind: 'a' }, value: reads }]
  })
  const answers = await Promise.all(Array.from({ length: 40 }, () => metrics.write()))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(reads).toBe(1)
  expect((await metrics.write()).text).toContain('droplock_slow{kind="a"} 2\n')
})
