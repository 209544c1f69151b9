import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type About<Label extends string> = {
  /** By Prometheus' conventions, without the prefix `droplock_`: the unit last, and `_total` for what is counted. */
  readonly name: string
  readonly help: string
  /** Each value of each is a series of its own, for ever: nothing that strangers choose. */
  readonly labels: readonly Label[]
}

export type Labels<Label extends string> = Readonly<Record<Label, string>>

/** One series of what is read when somebody asks. */
type Reading<Label extends string> = { readonly labels: Labels<Label>; readonly value: number }
type Read<Label extends string> = () => readonly Reading<Label>[] | Promise<readonly Reading<Label>[]>

/** The figures of a process. */
export type Metrics = {
  /** Returns what counts, one at a time. */
  readonly counter: <Label extends string>(about: About<Label>) => (labels: Labels<Label>) => void
  /** Returns what notes a duration in seconds. */
  readonly durations: <Label extends string>(
    about: About<Label>,
  ) => (labels: Labels<Label>, seconds: number) => void
  /** What is as it is: read whenever somebody asks. */
  readonly gauge: <Label extends string>(about: About<Label>, read: Read<Label>) => void
  /** What was counted elsewhere: read whenever somebody asks. */
  readonly counted: <Label extends string>(about: About<Label>, read: Read<Label>) => void
  /** All of it in the text format of Prometheus, and that format's content type. */
  readonly write: () => Promise<{ readonly text: string; readonly contentType: string }>
}

const PREFIX = 'droplock_'

/** From a millisecond to a minute: a claim takes 5 ms, a list minutes. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** A reading is given up after this: who asks waits for ten seconds, and wants the others. Milliseconds. */
const READ_MS_MAX = 2_000

/** The figures of this process: Node's own (memory, CPU, event-loop lag), and what is added. */
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
    common({ name: 'metrics_read_failures_total', help: 'Figures that could not be read.', labels: ['of'] }),
  )
  /** Whose reading fails has no series in this answer; the others have. */
  const readSafely = async <Label extends string>(of: string, read: Read<Label>) => {
    try {
      return await inTime(read)
    } catch {
      failed.inc({ of })
      return []
    }
  }
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
    write: async () => ({ text: await register.metrics(), contentType: register.contentType }),
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
