import { randomUUID } from 'node:crypto'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { serve } from '@droplock/http/serve'
import { createLogger } from '@droplock/observability/logger'
import { runMain } from '@droplock/settings/run-main'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { createServices } from './services.ts'

async function main(config: Config): Promise<void> {
  const logger = createLogger({
    app: 'gateway',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const open = (url: string) =>
    openDatabase({
      url,
      connectionsMax: config.DATABASE_CONNECTIONS_MAX,
      applicationName: 'droplock-gateway',
    })
  const database = open(config.DATABASE_URL)
  const other = config.OTHER_DATABASE_URL === undefined ? undefined : open(config.OTHER_DATABASE_URL)
  const otherMode = config.DATABASE_MODE === 'live' ? 'test' : 'live'
  let draining = false
  const app = createApp({
    modes: {
      [config.DATABASE_MODE]: createServices({ db: database, newId }),
      ...(other !== undefined && { [otherMode]: createServices({ db: other, newId }) }),
    },
    logger,
    newRequestId: randomUUID,
    requestMsMax: config.REQUEST_MS_MAX,
    draining: () => draining,
  })
  await serve({
    fetch: app.fetch,
    host: config.HOST,
    port: config.PORT,
    drainMsMax: config.DRAIN_MS_MAX,
    logger,
    facts: { mode: config.DATABASE_MODE },
    onDrain: () => {
      draining = true
    },
    close: () => Promise.all([database.destroy(), other?.destroy()]),
  })
}

await runMain('gateway', () => main(readConfig()))
