import { randomUUID } from 'node:crypto'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { measureRequests } from '@droplock/http/measure-requests'
import { serve } from '@droplock/http/serve'
import { serveMetrics } from '@droplock/http/serve-metrics'
import { addressOf } from '@droplock/http/settings'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger } from '@droplock/observability/logger'
import { createMetrics } from '@droplock/observability/metrics'
import { publicationOf } from '@droplock/settings/publication'
import { runMain } from '@droplock/settings/run-main'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import type { Settings } from './console-api.ts'

async function main(config: Config): Promise<void> {
  const logger = createLogger({
    app: 'console-api',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const db = openDatabase({
    url: config.DATABASE_URL,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    applicationName: 'droplock-console-api',
  })
  const metrics = createMetrics()
  measureConnections(metrics, () => ({ main: connectionsOf(db) }))
  let draining = false
  const app = createApp({
    ctx: { db, newId },
    logger,
    newRequestId: randomUUID,
    measure: measureRequests(metrics),
    draining: () => draining,
    settings: settingsOf(config),
  })
  const { DROPLOCK_METRICS_HOST: host, DROPLOCK_METRICS_PORT: port } = config
  const figures = await serveMetrics({ metrics, host, port, logger })
  await serve({
    fetch: app.fetch,
    ...addressOf(config),
    requestMsMax: config.UPLOAD_MS_MAX,
    drainMsMax: config.DRAIN_MS_MAX,
    logger,
    onDrain: () => {
      draining = true
    },
    close: () => Promise.all([db.destroy(), figures?.close(0)]),
  })
}

function settingsOf(config: Config): Settings {
  return {
    mode: config.DATABASE_MODE,
    secure: config.PUBLIC_ORIGIN?.startsWith('https:') ?? false,
    consoleFolder: config.CONSOLE_FOLDER,
    requestMsMax: config.REQUEST_MS_MAX,
    uploadMsMax: config.UPLOAD_MS_MAX,
    writeMsMax: config.WRITE_MS_MAX,
    uploadBytesMax: config.UPLOAD_BYTES_MAX,
    publication: publicationOf(config),
    timeZone: config.DROPLOCK_SERVICE_TIME_ZONE,
  }
}

await runMain('console-api', () => main(readConfig()))
