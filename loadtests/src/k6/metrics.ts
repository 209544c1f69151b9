import { running, type Tags } from './context.ts'

export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend'
/** What is made of a metric's values: `count`, `rate`, `p(95)`, … */
export type Values = Readonly<Record<string, number>>

/** A metric, or the part of it that carries certain tags, which a threshold asks for. */
export type Series = {
  readonly name: string
  readonly type: MetricType
  readonly isTime: boolean
  readonly tags: Tags
  readonly numbers: number[]
}

/** Every metric of the run by name, and the parts of them by the name with the tags in braces. */
const series = new Map<string, Series>()
const parts = new Map<string, Series[]>()

/** Values kept of one metric; a load test is short, and one that is not shows its first hours. */
const valuesMax = 5_000_000

/** Adds a metric; one that is there already stays. Throws when it is there as another type. */
export function defineMetric(name: string, type: MetricType, isTime = false): Series {
  const known = series.get(name)
  if (known !== undefined && known.type !== type) throw new Error(`the metric ${name} is a ${known.type}`)
  const metric = known ?? { name, type, isTime, tags: {}, numbers: [] }
  series.set(name, metric)
  return metric
}

/** Adds the part of a metric with these tags, before values come. Throws when there is no such metric. */
export function definePart(name: string, tags: Tags): Series {
  const whole = series.get(name)
  if (whole === undefined) throw new Error(`there is no metric ${name}`)
  const label = Object.entries(tags).map(([key, value]) => `${key}:${value}`)
  const part = { ...whole, name: `${name}{${label.join(',')}}`, tags, numbers: [] }
  parts.set(name, [...(parts.get(name) ?? []), part])
  return part
}

/** Records one value. Tags of the iteration go with it. */
export function record(metric: Series, value: number, tags: Tags = {}): void {
  keep(metric, value)
  const own = parts.get(metric.name)
  if (own === undefined) return
  const all = { ...running.getStore()?.tags, ...tags }
  for (const part of own) {
    if (Object.entries(part.tags).every(([key, wanted]) => all[key] === wanted)) keep(part, value)
  }
}

function keep({ numbers }: Series, value: number): void {
  if (numbers.length < valuesMax) numbers.push(value)
}

/** Every metric and part that has values, or is asked for by a threshold. */
export function allSeries(): readonly Series[] {
  return [...series.values(), ...[...parts.values()].flat()]
}

abstract class Metric {
  readonly name: string
  readonly #series: Series

  constructor(name: string, type: MetricType, isTime = false) {
    this.name = name
    this.#series = defineMetric(name, type, isTime)
  }

  add(value: number | boolean, tags?: Tags): void {
    record(this.#series, Number(value), tags)
  }
}

/** A sum. */
export class Counter extends Metric {
  constructor(name: string, isTime?: boolean) {
    super(name, 'counter', isTime)
  }
}
/** The last value. */
export class Gauge extends Metric {
  constructor(name: string, isTime?: boolean) {
    super(name, 'gauge', isTime)
  }
}
/** The share of values that are not zero. */
export class Rate extends Metric {
  constructor(name: string, isTime?: boolean) {
    super(name, 'rate', isTime)
  }
}
/** A distribution. */
export class Trend extends Metric {
  constructor(name: string, isTime?: boolean) {
    super(name, 'trend', isTime)
  }
}
