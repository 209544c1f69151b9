import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { Hono } from 'hono'
import { type Listening, listen } from './listen.ts'
import { mountMetrics } from './serve-metrics.ts'

/** Longer than any healthy answer, shorter than what asks wait for. Milliseconds. */
const lookMsMax = 2_000

export type Readiness = { readonly ready: boolean; readonly [fact: string]: unknown }

export type HealthServer = {
  readonly host: string
  readonly port: number
  readonly logger: Logger
  readonly metrics: Metrics
  /** How it fares; what it tells stands in the answer. When it fails or takes too long, the app is not ready. */
  readonly look: () => Promise<Readiness>
}

/**
 * Serves `/healthz` (the process answers), `/readyz` (200 or 503, with what is wrong) and `/metrics` for an app that serves nothing
 * else.
 * Throws when the port is taken.
 */
export async function serveHealth({ host, port, logger, look, metrics }: HealthServer): Promise<Listening> {
  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const { ready, ...facts } = await lookInTime(look)
    return c.json({ status: ready ? 'ready' : 'not_ready', ...facts }, ready ? 200 : 503)
  })
  mountMetrics(app, metrics)
  app.notFound((c) => c.json({ status: 'not_found' }, 404))
  const listening = await listen(app.fetch, { host, port })
  logger.info({ url: listening.url }, 'health is served')
  return listening
}

async function lookInTime(look: HealthServer['look']): Promise<Readiness> {
  const { promise: late, resolve } = Promise.withResolvers<Readiness>()
  const timer = setTimeout(
    () => resolve({ ready: false, problem: `no answer within ${lookMsMax} ms` }),
    lookMsMax,
  )
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    return { ready: false, problem: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
