import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { createLogger } from '@droplock/observability/logger'
import { publicationOf } from '@droplock/settings/publication'
import { runMain } from '@droplock/settings/run-main'
import { type Config, readConfig } from './config.ts'
import { work } from './worker.ts'

async function main(config: Config): Promise<void> {
  const logger = createLogger({
    app: 'worker',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const db = openDatabase({
    url: config.DATABASE_URL,
    connectionsMax: config.DROPLOCK_DATABASE_CONNECTIONS_MAX,
    applicationName: 'droplock-worker',
  })
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return
      logger.info({ signal }, 'draining')
      stopping.abort()
      // Unreferenced: it keeps nothing alive, and speaks only when something hangs.
      setTimeout(giveUp, config.DROPLOCK_DRAIN_MS_MAX, logger).unref()
    })
  }
  logger.info({ sources: config.DROPLOCK_FEEDS.length }, 'working')
  await work(optionsOf(config, db, logger), stopping.signal)
  await db.destroy()
  logger.info('stopped')
  process.exitCode = 0
}

/**
 * Ends the process although work is under way. Not at once: when the log's reader is gone, the logger must first learn of
 * it, or its last flush never ends.
 */
function giveUp(logger: ReturnType<typeof createLogger>): void {
  logger.error('work did not end in time')
  setImmediate(() => process.exit(0))
}

function optionsOf(
  config: Config,
  db: ReturnType<typeof openDatabase>,
  logger: ReturnType<typeof createLogger>,
) {
  return {
    ctx: { db, newId },
    logger,
    sources: config.DROPLOCK_FEEDS,
    poll: {
      pollMs: config.DROPLOCK_FEED_POLL_MS,
      pollMsMax: config.DROPLOCK_FEED_POLL_MS_MAX,
      bytesMax: config.DROPLOCK_FEED_BYTES_MAX,
      publication: publicationOf(config),
    },
    sweepEvery: {
      openMs: config.DROPLOCK_SWEEP_OPEN_MS,
      closeMs: config.DROPLOCK_SWEEP_CLOSE_MS,
      unsoldMs: config.DROPLOCK_SWEEP_UNSOLD_MS,
    },
  }
}

await runMain('worker', () => main(readConfig()))
