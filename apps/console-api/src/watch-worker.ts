import { setTimeout as sleep } from 'node:timers/promises'
import { findStoppedWorker } from '@droplock/core/alarms/find-stopped-worker'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'

export type WorkerWatch = {
  readonly everyMs: number
  /** No worker may be silent for longer: a restart takes some seconds. Milliseconds. */
  readonly silentMsMax: number
}

/**
 * Looks after the workers until the signal aborts. They look after everything else, but a worker that is dead or frozen says
 * nothing of itself. Silence must be found twice running: after an outage of the database all were silent, for a moment.
 */
export async function watchWorker(
  ctx: Context,
  { everyMs, silentMsMax }: WorkerWatch,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  let wasSilent = false
  while (!signal.aborted) {
    try {
      const found = await findStoppedWorker(ctx, silentMsMax)
      if (wasSilent) await raiseAlarms(ctx, found)
      wasSilent = found.length > 0
    } catch (error) {
      wasSilent = false
      logger.warn({ err: error }, 'cannot look after the workers')
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}
