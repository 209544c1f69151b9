import { setTimeout as sleep } from 'node:timers/promises'
import { findStoppedWorker } from '@droplock/core/alarms/find'
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
 * nothing of itself.
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
 * One look. Silence from before the first is none: everything may have been stopped. And it must be found twice running: after an
 * outage of the database all were silent, for a moment.
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
