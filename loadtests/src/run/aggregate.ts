import type { Series, Values } from '../k6/metrics.ts'

/** The values of a metric by k6's names for its type. `seconds` is how long the run was, for rates. */
export function aggregate({ type, numbers }: Series, seconds: number): Values {
  switch (type) {
    case 'counter': {
      const count = sum(numbers)
      return { count, rate: seconds > 0 ? count / seconds : 0 }
    }
    case 'gauge': {
      const value = numbers.at(-1) ?? 0
      return { value, min: least(numbers), max: greatest(numbers) }
    }
    case 'rate': {
      const passes = numbers.filter((number) => number !== 0).length
      const fails = numbers.length - passes
      return { rate: numbers.length === 0 ? 0 : passes / numbers.length, passes, fails }
    }
    case 'trend':
      return describeTrend(numbers)
  }
}

/** The p-th percentile (0 to 100) of sorted numbers, between two of them in proportion, as k6 does; 0 of none. */
export function percentile(sorted: readonly number[], p: number): number {
  const place = (p / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? 0
  return below + (above - below) * (place - Math.floor(place))
}

function describeTrend(numbers: readonly number[]): Values {
  const sorted = numbers.toSorted((a, b) => a - b)
  return {
    avg: sorted.length === 0 ? 0 : sum(sorted) / sorted.length,
    min: sorted[0] ?? 0,
    med: percentile(sorted, 50),
    max: sorted.at(-1) ?? 0,
    'p(90)': percentile(sorted, 90),
    'p(95)': percentile(sorted, 95),
    'p(99)': percentile(sorted, 99),
    count: sorted.length,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((low, number) => Math.min(low, number), numbers[0] ?? 0)
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((high, number) => Math.max(high, number), numbers[0] ?? 0)
}
