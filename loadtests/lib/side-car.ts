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
  /**
   * Streams that lost their place, webhooks that were not signed by us, names that came twice by one way, notifications whose delay is
   * not known, and reads of the probe that failed.
   */
  readonly faults: {
    readonly resyncs: number
    readonly unsigned: number
    readonly repeated: number
    readonly unmeasured: number
    readonly probesFailed: number
  }
  /** Of the apps that were looked at often enough. */
  readonly memory: readonly { readonly app: string; readonly growth: number }[]
  /** The median latency at the end of the run as a multiple of that near its start. Left out when there were too few reads. */
  readonly drift?: number
}

const seen = new Counter('events_seen')
const p50 = new Gauge('event_p50', true)
const p95 = new Gauge('event_p95', true)
const p99 = new Gauge('event_p99', true)
const max = new Gauge('event_max', true)
const faults = new Counter('event_faults')
const growth = new Gauge('memory_growth')
const drift = new Gauge('latency_drift')
const trends = new Counter('trends_measured')

/** That nothing grows, and that each of these was measured: a gauge without a value holds any threshold. For `options.thresholds`. */
export function trendThresholds(
  apps: readonly string[],
  { growthMax, driftMax }: { readonly growthMax: number; readonly driftMax: number },
) {
  const measured = [...apps, 'latency'].map((of) => [`trends_measured{of:${of}}`, ['count>0']] as const)
  const grown = apps.map((app) => [`memory_growth{app:${app}}`, [`value<${growthMax}`]] as const)
  return Object.fromEntries([...measured, ...grown, ['latency_drift', [`value<${driftMax}`]] as const])
}

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
  for (const app of body.memory) {
    growth.add(app.growth, { app: app.app })
    trends.add(1, { of: app.app })
  }
  if (body.drift !== undefined) {
    drift.add(body.drift)
    trends.add(1, { of: 'latency' })
  }
  return body
}
