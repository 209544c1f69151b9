import { build, type Histogram } from 'hdr-histogram-js'

export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend'

/** What is made of a metric's values: `count`, `rate`, `p(95)`, … */
export type Values = Readonly<Record<string, number>>

/** The values of one metric, summed up as they come: its size does not depend on their number. */
export type Sink = {
  /** How many values came. */
  readonly samples: () => number
  readonly add: (value: number) => void
  /** By k6's names for the type of the metric. `seconds` is how long the run was, for rates. */
  readonly values: (seconds: number) => Values
  /** One of them, also a percentile that `values` does not list. NaN when the type has no such value. */
  readonly valueOf: (aggregation: string, seconds: number) => number
  readonly reset: () => void
}

/** Percentiles that a summary has. k6's own are 90 and 95 unless a script says otherwise. */
const percentiles = [90, 95, 99, 99.9]

/** Values are kept to a thousandth: of a time in milliseconds, that is a microsecond. */
const UNITS = 1_000
/** Eleven days in microseconds. A larger value is counted as this one, and `max` has it as it is. */
const UNITS_MAX = 1e12

export function createSink(type: MetricType, digits: 2 | 3 = 3): Sink {
  switch (type) {
    case 'counter':
      return counter()
    case 'gauge':
      return gauge()
    case 'rate':
      return rate()
    case 'trend':
      return trend(digits)
  }
}

function counter(): Sink {
  let [count, samples] = [0, 0]
  const values = (seconds: number) => ({ count, rate: seconds > 0 ? count / seconds : 0 })
  return {
    samples: () => samples,
    add: (value) => {
      count += value
      samples += 1
    },
    values,
    valueOf: named(values),
    reset: () => {
      count = 0
      samples = 0
    },
  }
}

function gauge(): Sink {
  let [value, min, max, samples] = [0, 0, 0, 0]
  const values = () => ({ value, min, max })
  return {
    samples: () => samples,
    add: (next) => {
      min = samples === 0 ? next : Math.min(min, next)
      max = samples === 0 ? next : Math.max(max, next)
      value = next
      samples += 1
    },
    values,
    valueOf: named(values),
    reset: () => {
      samples = 0
    },
  }
}

function rate(): Sink {
  let [passes, samples] = [0, 0]
  const values = () => ({ rate: samples === 0 ? 0 : passes / samples, passes, fails: samples - passes })
  return {
    samples: () => samples,
    add: (value) => {
      passes += value === 0 ? 0 : 1
      samples += 1
    },
    values,
    valueOf: named(values),
    reset: () => {
      passes = 0
      samples = 0
    },
  }
}

/**
 * A distribution, in an HDR histogram of so many significant digits. A percentile is the largest value that the histogram
 * cannot tell from it: with three digits it is at most 0.1 % too large, and never too small.
 */
function trend(digits: 2 | 3): Sink {
  const histogram = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    // It grows with its values.
    highestTrackableValue: 2,
    numberOfSignificantValueDigits: digits,
  })
  let [sum, min, max] = [0, 0, 0]
  const reset = () => {
    histogram.reset()
    sum = 0
    min = 0
    max = 0
  }
  const percentile = (p: number) => percentileOf(histogram, p, max)
  const values = () => {
    const samples = histogram.totalCount
    return {
      count: samples,
      avg: samples === 0 ? 0 : sum / samples,
      min,
      med: percentile(50),
      max,
      ...Object.fromEntries(percentiles.map((p) => [`p(${p})`, percentile(p)])),
    }
  }
  return {
    samples: () => histogram.totalCount,
    add: (value) => {
      const isFirst = histogram.totalCount === 0
      min = isFirst ? value : Math.min(min, value)
      max = isFirst ? value : Math.max(max, value)
      sum += value
      histogram.recordValue(Math.min(UNITS_MAX, Math.max(0, Math.round(value * UNITS))))
    },
    values,
    valueOf: (aggregation) => {
      const p = /^p\((.*)\)$/.exec(aggregation)?.[1]
      return p === undefined ? named(values)(aggregation, 0) : percentile(Number(p))
    },
    reset,
  }
}

function percentileOf(histogram: Histogram, p: number, max: number): number {
  return histogram.totalCount === 0 ? 0 : Math.min(max, histogram.getValueAtPercentile(p) / UNITS)
}

function named(values: (seconds: number) => Values): Sink['valueOf'] {
  return (aggregation, seconds) => values(seconds)[aggregation] ?? Number.NaN
}
