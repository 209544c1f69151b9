import { Counter, Gauge } from 'k6/metrics'
import { longTimeout, send } from './request.ts'
import { sideCar } from './world.ts'

/** What the side-car has seen; see `src/side-car/figures.ts`. Times in milliseconds. */
export type Figures = {
  readonly events: readonly {
    readonly via: string
    readonly result: string
    readonly count: number
    readonly p50: number
    readonly p95: number
    readonly p99: number
    readonly max: number
  }[]
  /** Streams that lost their place, webhooks that were not signed by us, and names that came twice by one way. */
  readonly faults: {
    readonly resyncs: number
    readonly unsigned: number
    readonly repeated: number
    readonly probesFailed: number
  }
  readonly memory: readonly { readonly app: string; readonly growth: number }[]
  /** The median latency at the end of the run as a multiple of that near its start. 1 when nothing was measured. */
  readonly drift: number
}

const seen = new Counter('events_seen')
const p50 = new Gauge('event_p50', true)
const p95 = new Gauge('event_p95', true)
const p99 = new Gauge('event_p99', true)
const max = new Gauge('event_max', true)
const faults = new Counter('event_faults')
const growth = new Gauge('memory_growth')
const drift = new Gauge('latency_drift')

/** Releases the drop list that the worker reads: from now on it is in the folder. */
export async function releaseList(): Promise<void> {
  await send(`${sideCar}/list`, { name: 'list', method: 'POST', body: {} })
}

/** Counts what the side-car has seen. */
export async function countFigures(): Promise<Figures> {
  const { body } = await send<Figures>(`${sideCar}/figures`, { name: 'figures', timeout: longTimeout })
  for (const event of body.events) {
    const tags = { via: event.via, result: event.result }
    seen.add(event.count, tags)
    p50.add(event.p50, tags)
    p95.add(event.p95, tags)
    p99.add(event.p99, tags)
    max.add(event.max, tags)
  }
  for (const [kind, count] of Object.entries(body.faults)) faults.add(count, { kind })
  for (const app of body.memory) growth.add(app.growth, { app: app.app })
  drift.add(body.drift)
  return body
}
