import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type About<Label extends string> = {
  /** By Prometheus' conventions, without the prefix `droplock_`: the unit last, and `_total` for what is counted. */
  readonly name: string
  readonly help: string
  /** Each value makes a time series that stays: never a value that callers choose. */
  readonly labels: readonly Label[]
}

export type Labels<Label extends string> = Readonly<Record<Label, string>>

/** One time series of a metric that is read on demand. */
type Reading<Label extends string> = { readonly labels: Labels<Label>; readonly value: number }
type Read<Label extends string> = () => readonly Reading<Label>[] | Promise<readonly Reading<Label>[]>

/** The metrics of a process. */
export type Metrics = {
  /** Returns the function that counts one. */
  readonly counter: <Label extends string>(about: About<Label>) => (labels: Labels<Label>) => void
  /** Returns the function that records a duration in seconds. */
  readonly durations: <Label extends string>(
    about: About<Label>,
  ) => (labels: Labels<Label>, seconds: number) => void
  /** A current value, read on demand. */
  readonly gauge: <Label extends string>(about: About<Label>, read: Read<Label>) => void
  /** A count that is kept elsewhere, read on demand. */
  readonly counted: <Label extends string>(about: About<Label>, read: Read<Label>) => void
  /** All metrics in the text format of Prometheus, and that format's content type. */
  readonly write: () => Promise<{ readonly text: string; readonly contentType: string }>
}

const PREFIX = 'droplock_'

/** From a millisecond to a minute: a claim takes 5 ms, a list minutes. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** A reading is abandoned after this: Prometheus waits for ten seconds, and needs the others. Milliseconds. */
const READ_MS_MAX = 2_000

/** The metrics of this process: Node's own (memory, CPU, event-loop lag) and those that are added. */
export function createMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const common = <Label extends string>({ name, help, labels }: About<Label>) => ({
    name: `${PREFIX}${name}`,
    help,
    labelNames: [...labels],
    registers: [register],
  })
  const failed = new Counter(
    common({ name: 'metrics_read_failures_total', help: 'Metrics that could not be read.', labels: ['of'] }),
  )
  /** A metric whose reading fails is missing from this answer; the others are in it. */
  const readSafely = async <Label extends string>(of: string, read: Read<Label>) => {
    try {
      return await inTime(read)
    } catch {
      failed.inc({ of })
      return []
    }
  }
  /** Whoever asks meanwhile gets the same text: many who ask at once read each metric once. */
  let writing: Promise<string> | undefined
  return {
    counter: (about) => {
      const counter = new Counter(common(about))
      return (labels) => counter.inc(labels)
    },
    durations: (about) => {
      const histogram = new Histogram({ ...common(about), buckets: SECONDS })
      return (labels, seconds) => histogram.observe(labels, seconds)
    },
    gauge: (about, read) => {
      const gauge: Gauge<string> = new Gauge({
        ...common(about),
        collect: async () => {
          const readings = await readSafely(about.name, read)
          gauge.reset()
          for (const { labels, value } of readings) gauge.set(labels, value)
        },
      })
    },
    counted: (about, read) => {
      const counter: Counter<string> = new Counter({
        ...common(about),
        collect: async () => {
          const readings = await readSafely(about.name, read)
          counter.reset()
          for (const { labels, value } of readings) counter.inc(labels, value)
        },
      })
    },
    write: async () => {
      writing ??= register.metrics().finally(() => (writing = undefined))
      return { text: await writing, contentType: register.contentType }
    },
  }
}

async function inTime<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no reading within ${READ_MS_MAX} ms`)), READ_MS_MAX)
  try {
    return await Promise.race([read(), late])
  } finally {
    clearTimeout(timer)
  }
}
