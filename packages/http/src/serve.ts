import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { Hono } from 'hono'
import { measureReadiness } from './health.ts'
import { type Address, type Fetch, type Listening, listen } from './listen.ts'

type Served = Address & {
  readonly fetch: Fetch
  /** After a stop signal requests are accepted for so long, while `/readyz` says 503. Milliseconds; none if left out. */
  readonly drainDelayMs?: number
  readonly drainMsMax: number
  readonly logger: Logger
  /** Further members of the log event `listening`. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** Called at a stop signal: `/readyz` says 503 from then on. */
  readonly onDrain: () => void
  /** Called when no request is accepted any more: ends answers that would last for ever. */
  readonly endStreams?: () => void
  /** Closes databases and the like when no request runs any more. */
  readonly close: () => Promise<unknown>
}

/**
 * Serves until SIGTERM or SIGINT, for `drainDelayMs` more so that a balancer can notice, then lets running requests end; the process ends
 * with 0. A second signal ends the delay.
 */
export async function serve(served: Served): Promise<void> {
  const { logger } = served
  const server = await listen(served.fetch, served)
  logger.info({ url: server.url, ...served.facts }, 'listening')
  let draining = false
  const hurry = new AbortController()
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (draining) return hurry.abort()
    draining = true
    served.onDrain()
    logger.info({ signal }, 'draining')
    server.endKeepAlive()
    await wait(served.drainDelayMs ?? 0, undefined, { signal: hurry.signal }).catch(() => undefined)
    served.endStreams?.()
    await server.close(served.drainMsMax)
    await served.close()
    logger.info('stopped')
    process.exitCode = 0
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}

/** Longer than any healthy answer, shorter than the timeout of health checks. Milliseconds. */
const LOOK_MS_MAX = 2_000

type Readiness = { readonly ready: boolean; readonly [fact: string]: unknown }

type HealthServer = {
  readonly host: string
  readonly port: number
  readonly logger: Logger
  readonly metrics: Metrics
  /** The state of the app, which is part of the answer. When it throws or takes too long, the app is not ready. */
  readonly look: () => Promise<Readiness>
}

/**
 * Serves `/healthz` (the process answers), `/readyz` (200 or 503, with what is wrong) and `/metrics` for an app that serves nothing
 * else.
 * Throws when the port is in use.
 */
export async function serveHealth({ host, port, logger, look, metrics }: HealthServer): Promise<Listening> {
  measureReadiness(metrics, async () => (await look()).ready)
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
    () => resolve({ ready: false, problem: `no answer within ${LOOK_MS_MAX} ms` }),
    LOOK_MS_MAX,
  )
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    return { ready: false, problem: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** `/metrics`: the metrics of the process in the text format of Prometheus. For operators: never on a public port. */
function mountMetrics(app: Hono, metrics: Metrics): void {
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.write()
    return c.body(text, 200, { 'Content-Type': contentType })
  })
}

type MetricsServer = {
  readonly metrics: Metrics
  readonly host: string
  /** If absent, nothing is served. */
  readonly port: number | undefined
  readonly logger: Logger
}

/** Serves `/metrics` and nothing else, on a port that is not public. Throws when the port is in use. */
export async function serveMetrics(server: MetricsServer): Promise<Listening | undefined> {
  const { metrics, host, port, logger } = server
  if (port === undefined) return undefined
  const app = new Hono()
  mountMetrics(app, metrics)
  app.notFound((c) => c.json({ status: 'not_found' }, 404))
  const listening = await listen(app.fetch, { host, port })
  logger.info({ url: listening.url }, 'metrics are served')
  return listening
}
