import { setTimeout as sleep } from 'node:timers/promises'
import { findStoppedWorker } from '@droplock/core/alarms/find'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'

export type WorkerWatch = {
  readonly everyMs: number
  /** An alarm is raised when no worker has written its heartbeat for longer: a restart takes some seconds. Milliseconds. */
  readonly silentMsMax: number
}

/**
 * Watches the workers until the signal aborts. They raise all other alarms, but a worker that is dead or frozen cannot report itself.
 */
export async function watchWorker(
  ctx: Context,
  watch: WorkerWatch,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const look = workerLook(ctx, watch.silentMsMax, () => performance.now())
  while (!signal.aborted) {
    await look().catch((error: unknown) => logger.warn({ err: error }, 'cannot look after the workers'))
    await sleep(watch.everyMs, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * One check. Silence before the first check does not count: the whole installation may have been stopped. It must be found twice in a
 * row: after an outage of the database every heartbeat is old for a moment.
 */
export function workerLook(
  ctx: Context,
  silentMsMax: number,
  monotonicMs: () => number,
): () => Promise<void> {
  const judgesFromMs = monotonicMs() + silentMsMax
  let wasSilent = false
  return async () => {
    const before = wasSilent
    wasSilent = false
    if (monotonicMs() < judgesFromMs) return
    const found = await findStoppedWorker(ctx, silentMsMax)
    if (before) await raiseAlarms(ctx, found)
    wasSilent = found.length > 0
  }
}
