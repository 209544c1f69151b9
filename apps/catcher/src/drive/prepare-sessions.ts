import { pause } from '../loops.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often it is looked for a window that begins. */
const CHECK_MS = 500

/** Sessions are replaced one after the other, which takes a second each at most; a window is near when it begins within this. */
const LEAD_MS = 60_000

/**
 * Before each window, replaces the sessions that creates are sent by and that would run out inside it, until the signal aborts. In
 * the middle of a window nothing is prepared: what begins meanwhile is served by the sessions that there are.
 */
export async function prepareSessionsUntil(leased: LeasedAccount, signal: AbortSignal): Promise<void> {
  let preparedUntilMs: RegistryMs = -Infinity
  while (!signal.aborted) {
    const nowMs = leased.registryNowMs()
    const pool = leased.createPool()
    const endsAtMs = windowEndsAtMs(leased.store.all(), nowMs)
    if (
      pool !== undefined &&
      leased.lease.maySend() &&
      endsAtMs !== undefined &&
      endsAtMs > preparedUntilMs
    ) {
      preparedUntilMs = endsAtMs
      await pool.prepareFor(leased.monotonicMs() + endsAtMs - nowMs)
      leased.log.info({ event: 'account.sessions_prepared', windowEndsAt: new Date(endsAtMs) })
    }
    await pause(CHECK_MS, signal)
  }
}

/** When what begins soon ends; undefined while nothing does, or a window is open. */
export function windowEndsAtMs(targets: Iterable<Target>, nowMs: RegistryMs): RegistryMs | undefined {
  let endsAtMs: RegistryMs | undefined
  for (const { dropFromMs, dropToMs } of targets) {
    if (dropFromMs <= nowMs && nowMs <= dropToMs) return undefined
    if (nowMs < dropFromMs && dropFromMs <= nowMs + LEAD_MS)
      endsAtMs = Math.max(endsAtMs ?? dropToMs, dropToMs)
  }
  return endsAtMs
}
