import type { Tags } from '../k6/context.ts'
import type { Series } from '../k6/metrics.ts'
import { durationMs } from './options.ts'
import type { MetricType } from './sinks.ts'

export type Threshold = {
  readonly expression: string
  readonly series: Series
  readonly aggregation: string
  readonly compare: (value: number) => boolean
  /** When it is crossed after so many milliseconds, the run ends. Undefined: it goes on. */
  readonly abortAfterMs: number | undefined
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

/** One entry of `options.thresholds`: an expression, or one with `abortOnFail`. */
export type RawThreshold =
  | string
  | {
      readonly threshold: string
      readonly abortOnFail?: boolean
      readonly delayAbortEval?: string | number
    }

/** A threshold such as `p(95)<200`. Throws when k6 would not take it for a metric of this type. */
export function readThreshold(raw: RawThreshold, series: Series): Threshold {
  const { threshold: expression, abortOnFail = false, delayAbortEval = 0 } = asObject(raw)
  const [, aggregation = '', sign = '', number = ''] =
    /^\s*([a-z]+|p\(\d+(?:\.\d+)?\))\s*(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(expression) ?? []
  const compare = comparisons[sign]
  const isKnown =
    aggregations[series.type].includes(aggregation) ||
    (series.type === 'trend' && aggregation.startsWith('p('))
  if (compare === undefined || !isKnown) {
    throw new Error(`'${expression}' is no threshold for ${series.name}, which is a ${series.type}`)
  }
  return {
    expression,
    series,
    aggregation,
    compare: (value) => compare(value, Number(number)),
    abortAfterMs: abortOnFail ? durationMs(delayAbortEval) : undefined,
  }
}

function asObject(raw: RawThreshold) {
  return typeof raw === 'string' ? { threshold: raw } : raw
}

/** Whether each threshold holds. One on a metric without values holds, unless a count is asked. */
export function judge(thresholds: readonly Threshold[], seconds: number): readonly Verdict[] {
  return thresholds.map((threshold) => {
    const { expression, series, aggregation, compare } = threshold
    const isSilent = series.sink.samples() === 0 && aggregation !== 'count'
    return { expression, series, ok: isSilent || compare(series.sink.valueOf(aggregation, seconds)) }
  })
}

/** The first threshold for which a run of so many milliseconds ends now. Metrics without values are passed, as k6 does. */
export function findAbort(thresholds: readonly Threshold[], ranMs: number): Threshold | undefined {
  return thresholds.find(
    ({ series, aggregation, compare, abortAfterMs }) =>
      abortAfterMs !== undefined &&
      ranMs >= abortAfterMs &&
      series.sink.samples() > 0 &&
      !compare(series.sink.valueOf(aggregation, ranMs / 1_000)),
  )
}
