import type { Sample } from '../k6/metrics.ts'
import { createSink, type MetricType, type Sink } from './sinks.ts'

/** What came of one metric under one label within a second. Times are in the unit of the metric. */
export type SecondRow = {
  /** Whole seconds since the epoch; 0: of the whole run. */
  readonly at: number
  readonly metric: string
  readonly type: MetricType
  readonly label: string
  readonly count: number
  /** Of a counter its sum, of a rate the values that are not zero, of a gauge the last value. */
  readonly sum?: number
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
  readonly max?: number
}

/** A second is written when one that is so much later begins: k6 writes its samples nearly in order. */
const SECONDS_OPEN_MAX = 5

/** The tag that tells the values of a metric apart, the first that is there. */
const labelTags = ['result', 'via', 'app', 'name', 'check', 'scenario'] as const

type Cell = {
  readonly metric: string
  readonly type: MetricType
  readonly label: string
  readonly sink: Sink
}

export type SecondsRecorder = {
  readonly record: (atMs: number, sample: Sample) => void
  /** Writes what is left. */
  readonly end: () => void
}

/**
 * Sums samples up by second, metric and label, and gives each row to `write` when its second is over; those of the whole run
 * come last. It holds a few seconds at a time, however long the run is.
 */
export function recordSeconds(write: (row: SecondRow) => void): SecondsRecorder {
  const open = new Map<number, Map<string, Cell>>()
  const totals = new Map<string, Cell>()
  // A distribution is some kilobytes: those of a second that is over are used again.
  const idle: Sink[] = []
  const close = (second: number) => {
    for (const cell of open.get(second)?.values() ?? []) {
      write(rowOf(second, cell))
      if (cell.type !== 'trend') continue
      cell.sink.reset()
      idle.push(cell.sink)
    }
    open.delete(second)
  }
  const sinkOf = (type: MetricType) => (type === 'trend' ? idle.pop() : undefined) ?? createSink(type, 2)
  const begin = (second: number): Map<string, Cell> => {
    for (const earlier of [...open.keys()].toSorted((a, b) => a - b))
      if (earlier <= second - SECONDS_OPEN_MAX) close(earlier)
    const cells = new Map<string, Cell>()
    open.set(second, cells)
    return cells
  }
  return {
    record: (atMs, { metric, type, value, tags }) => {
      const second = Math.floor(atMs / 1_000)
      const cells = open.get(second) ?? begin(second)
      const label = labelOf(tags)
      const key = `${metric} ${label}`
      const cell = cells.get(key) ?? { metric, type, label, sink: sinkOf(type) }
      cells.set(key, cell)
      cell.sink.add(value)
      const total = totals.get(key) ?? { metric, type, label, sink: createSink(type) }
      totals.set(key, total)
      total.sink.add(value)
    },
    end: () => {
      for (const second of [...open.keys()].toSorted((a, b) => a - b)) close(second)
      for (const total of totals.values()) write(rowOf(0, total))
    },
  }
}

function labelOf(tags: Sample['tags']): string {
  for (const name of labelTags) {
    const label = tags[name]
    if (label !== undefined) return label
  }
  return ''
}

function rowOf(at: number, { metric, type, label, sink }: Cell): SecondRow {
  const row = { at, metric, type, label, count: sink.samples() }
  if (type !== 'trend') return { ...row, sum: sink.valueOf(summed[type], 1) }
  const [p50, p95, p99, max] = ['med', 'p(95)', 'p(99)', 'max'].map((name) => sink.valueOf(name, 1))
  return { ...row, p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0, max: max ?? 0 }
}

const summed = { counter: 'count', rate: 'passes', gauge: 'value' } as const
