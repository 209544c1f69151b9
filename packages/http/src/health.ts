import { Refusal } from '@droplock/rules/refusals'
import type { Hono } from 'hono'
import type { HttpEnvironment } from './observe.ts'

/** Longer than any healthy answer, shorter than the timeout of health checks. Milliseconds. */
const PROBE_MS_MAX = 2_000

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

/** Throws Refusal('unavailable') when `work` fails or takes too long. */
async function within(msMax: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${msMax} ms`)), msMax)
  try {
    await Promise.race([work, late])
  } catch (cause) {
    const refusal = new Refusal('unavailable', 'A database does not answer.')
    refusal.cause = cause
    throw refusal
  } finally {
    clearTimeout(timer)
  }
}
