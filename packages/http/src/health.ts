import type { Metrics } from '@droplock/observability/metrics'
import { Refusal } from '@droplock/rules/refusals'
import type { Hono } from 'hono'
import type { HttpEnvironment } from './observe.ts'

/** Longer than any healthy answer, shorter than the timeout of health checks. Milliseconds. */
const PROBE_MS_MAX = 2_000

/** Less than the metrics wait for a reading: a process that is not ready must be seen as such. Milliseconds. */
const MEASURE_MS_MAX = 1_500

type Health = {
  /** Whether the process is about to end and accepts no new requests. */
  readonly draining: () => boolean
  /** Throws when a database does not answer. */
  readonly probe: () => Promise<unknown>
}

/** `/healthz`: the process runs. `/readyz`: it accepts requests and its databases answer; otherwise 503 `unavailable`. */
export function mountHealth<App extends HttpEnvironment>(app: Hono<App>, { draining, probe }: Health): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    if (draining()) throw new Refusal('unavailable', 'The process is shutting down.')
    await within(PROBE_MS_MAX, probe())
    return c.json({ status: 'ready' })
  })
}

/** The metric `droplock_ready`: 1 while `/readyz` would answer 200, else 0. `look` throws, or is late, where it would not. */
export function measureReadiness(metrics: Metrics, look: () => Promise<boolean>): void {
  const help = '1 while /readyz answers 200.'
  metrics.gauge({ name: 'ready', help, labels: [] }, async () => {
    const isReady = await within(MEASURE_MS_MAX, look()).catch(() => false)
    return [{ labels: {}, value: isReady ? 1 : 0 }]
  })
}

/** Throws Refusal('unavailable') when `work` fails or takes too long. */
async function within<Result>(msMax: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${msMax} ms`)), msMax)
  try {
    return await Promise.race([work, late])
  } catch (cause) {
    const refusal = new Refusal('unavailable', 'A database does not answer.')
    refusal.cause = cause
    throw refusal
  } finally {
    clearTimeout(timer)
  }
}
