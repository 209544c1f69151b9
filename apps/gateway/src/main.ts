import { randomUUID } from 'node:crypto'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { createLogger } from '@droplock/observability/logger'
import { createApp } from './app.ts'
import { BadConfig, type Config, readConfig } from './config.ts'
import { listen } from './listen.ts'
import { createServices } from './services.ts'

async function main(config: Config): Promise<void> {
  const logger = createLogger({ app: 'gateway', level: config.LOG_LEVEL, pretty: process.stdout.isTTY })
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
  const server = await listen(app.fetch, { host: config.HOST, port: config.PORT })
  logger.info({ url: server.url, mode: config.DATABASE_MODE }, 'listening')

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (draining) return
    draining = true
    logger.info({ signal }, 'draining')
    await server.close(config.DRAIN_MS_MAX)
    await Promise.all([database.destroy(), other?.destroy()])
    logger.info('stopped')
    process.exitCode = 0
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}

try {
  await main(readConfig())
} catch (error) {
  process.stderr.write(`${error instanceof BadConfig ? error.message : `gateway: ${String(error)}`}\n`)
  process.exit(1)
}
