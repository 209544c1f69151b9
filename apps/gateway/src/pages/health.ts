import { Refusal } from '@droplock/rules/refusals'
import type { Dependencies, Gateway } from '../gateway.ts'

/** Longer than any healthy answer, shorter than what asks wait for. Milliseconds. */
const probeMsMax = 2_000

/** `/healthz`: the process runs. `/readyz`: it wants requests and its databases answer; else 503 `unavailable`. */
export function mountHealth(app: Gateway, { modes, draining }: Dependencies): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    if (draining()) throw new Refusal('unavailable', 'The gateway is shutting down.')
    const probes = Object.values(modes).map((services) => services.probe())
    await within(probeMsMax, Promise.all(probes))
    return c.json({ status: 'ready' })
  })
}

/** Throws Refusal('unavailable') when `work` fails or is not done in time. */
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
