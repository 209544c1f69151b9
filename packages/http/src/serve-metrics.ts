import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { Hono } from 'hono'
import { type Listening, listen } from './listen.ts'

/** `/metrics`: the process's figures in the text format of Prometheus. For those who run it: never on a public port. */
export function mountMetrics(app: Hono, metrics: Metrics): void {
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.write()
    return c.body(text, 200, { 'Content-Type': contentType })
  })
}

export type MetricsServer = {
  readonly metrics: Metrics
  readonly host: string
  /** Absent: nothing is served. */
  readonly port: number | undefined
  readonly logger: Logger
}

/** Serves `/metrics` and nothing else, beside a port that is public. Throws when the port is taken. */
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
