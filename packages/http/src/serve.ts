import type { Logger } from '@droplock/observability/logger'
import { type Address, type Fetch, listen } from './listen.ts'

export type Served = Address & {
  readonly fetch: Fetch
  readonly drainMsMax: number
  readonly logger: Logger
  /** What else the line `listening` tells. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** Called when a stop signal came, before running requests are waited for. */
  readonly onDrain: () => void
  /** Lets go of databases and the like, when no request runs any more. */
  readonly close: () => Promise<unknown>
}

/** Serves until SIGTERM or SIGINT, then lets running requests end; the process ends with 0. */
export async function serve(served: Served): Promise<void> {
  const { logger } = served
  const server = await listen(served.fetch, served)
  logger.info({ url: server.url, ...served.facts }, 'listening')
  let draining = false
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (draining) return
    draining = true
    served.onDrain()
    logger.info({ signal }, 'draining')
    await server.close(served.drainMsMax)
    await served.close()
    logger.info('stopped')
    process.exitCode = 0
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))
}
