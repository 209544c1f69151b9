import type { Tags } from '../k6/context.ts'
import type { MetricType, Series } from '../k6/metrics.ts'
import { aggregate, percentile } from './aggregate.ts'

export type Threshold = {
  readonly expression: string
  readonly series: Series
  readonly aggregation: string
  readonly compare: (value: number) => boolean
}

export type Verdict = { readonly expression: string; readonly series: Series; readonly ok: boolean }

const aggregations: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'min', 'max', 'med'],
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '==': (one, other) => one === other,
  '===': (one, other) => one === other,
  '!=': (one, other) => one !== other,
}

/** `name{key:value,…}` as name and tags. */
export function readSelector(text: string): { readonly name: string; readonly tags: Tags | undefined } {
  const [, name = text, inner] = /^([^{]+)\{(.*)\}$/.exec(text) ?? []
  if (inner === undefined) return { name, tags: undefined }
  const pairs = inner.split(',').map((pair) => {
    const colon = pair.indexOf(':')
    return [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()] as const
  })
  return { name: name.trim(), tags: Object.fromEntries(pairs) }
}

/** A threshold such as `p(95)<200`. Throws when k6 would not take it for a metric of this type. */
export function readThreshold(expression: string, series: Series): Threshold {
  const [, aggregation = '', sign = '', number = ''] =
    /^\s*([a-z]+|p\(\d+(?:\.\d+)?\))\s*(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(expression) ?? []
  const compare = comparisons[sign]
  const isKnown =
    aggregations[series.type].includes(aggregation) ||
    (series.type === 'trend' && aggregation.startsWith('p('))
  if (compare === undefined || !isKnown) {
    throw new Error(`'${expression}' is no threshold for ${series.name}, which is a ${series.type}`)
  }
  return { expression, series, aggregation, compare: (value) => compare(value, Number(number)) }
}

/** Whether each threshold holds. One on a metric without values holds, as in k6, unless a count is asked. */
export function judge(thresholds: readonly Threshold[], seconds: number): readonly Verdict[] {
  return thresholds.map(({ expression, series, aggregation, compare }) => {
    const isSilent = series.numbers.length === 0 && aggregation !== 'count'
    return { expression, series, ok: isSilent || compare(valueOf(series, aggregation, seconds)) }
  })
}

function valueOf(series: Series, aggregation: string, seconds: number): number {
  const p = /^p\((.*)\)$/.exec(aggregation)?.[1]
  if (p !== undefined) {
    return percentile(
      series.numbers.toSorted((a, b) => a - b),
      Number(p),
    )
  }
  return aggregate(series, seconds)[aggregation] ?? Number.NaN
}
