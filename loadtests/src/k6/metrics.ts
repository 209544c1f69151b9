import { createSink, type MetricType, type Sink } from '../run/sinks.ts'
import { running, type Tags } from './context.ts'

/** A metric, or the part of it that carries certain tags, which a threshold asks for. */
export type Series = {
  readonly name: string
  readonly type: MetricType
  readonly isTime: boolean
  readonly tags: Tags
  readonly sink: Sink
}

/** One value, as it comes. */
export type Sample = {
  readonly metric: string
  readonly type: MetricType
  readonly value: number
  readonly tags: Tags
}

/** Every metric of the run by name, and the parts of them by the name with the tags in braces. */
const series = new Map<string, Series>()
const parts = new Map<string, Series[]>()

let observe: ((sample: Sample) => void) | undefined

/** Has every value given to `observer` too, from now on. */
export function observeSamples(observer: (sample: Sample) => void): void {
  observe = observer
}

/** Adds a metric; one that is there already stays. Throws when it is there as another type. */
export function defineMetric(name: string, type: MetricType, isTime = false): Series {
  const known = series.get(name)
  if (known !== undefined) {
    if (known.type !== type) throw new Error(`the metric ${name} is a ${known.type}`)
    return known
  }
  const metric = { name, type, isTime, tags: {}, sink: createSink(type) }
  series.set(name, metric)
  return metric
}

/** Adds the part of a metric with these tags, before values come. Throws when there is no such metric. */
export function definePart(name: string, tags: Tags): Series {
  const whole = series.get(name)
  if (whole === undefined) throw new Error(`there is no metric ${name}`)
  const label = Object.entries(tags).map(([key, value]) => `${key}:${value}`)
  const part = { ...whole, name: `${name}{${label.join(',')}}`, tags, sink: createSink(whole.type) }
  parts.set(name, [...(parts.get(name) ?? []), part])
  return part
}

/** Records one value. Tags of the iteration go with it. */
export function record({ name, type, sink }: Series, value: number, tags: Tags = {}): void {
  sink.add(value)
  const own = parts.get(name)
  if (own === undefined && observe === undefined) return
  const all = { ...running.getStore()?.tags, ...tags }
  observe?.({ metric: name, type, value, tags: all })
  for (const part of own ?? [])
    if (Object.entries(part.tags).every(([key, wanted]) => all[key] === wanted)) part.sink.add(value)
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
