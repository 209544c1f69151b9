import { pause } from '../loops.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often to check for a window that begins. */
const CHECK_MS = 500

/** A window is near when it begins within this: sessions are replaced one at a time, a second each at most. */
const LEAD_MS = 60_000

/**
 * Before each window, until the signal aborts: replaces the sessions for creates that would end inside the window. During a
 * window nothing is replaced: a window that begins meanwhile uses the existing sessions.
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

/** When the windows that begin soon end; undefined when none begins soon, or while one is open. */
export function windowEndsAtMs(targets: Iterable<Target>, nowMs: RegistryMs): RegistryMs | undefined {
  let endsAtMs: RegistryMs | undefined
  for (const { dropFromMs, dropToMs } of targets) {
    if (dropFromMs <= nowMs && nowMs <= dropToMs) return undefined
    if (nowMs < dropFromMs && dropFromMs <= nowMs + LEAD_MS)
      endsAtMs = Math.max(endsAtMs ?? dropToMs, dropToMs)
  }
  return endsAtMs
}
