import { pause } from '../board/change.ts'
import type { Fight } from './hold.ts'
import { readinessOf } from './readiness.ts'

/** How often alarms are written: people see them within seconds. */
const WATCH_MS = 1_000

/**
 * Writes the alarms of a hold until the signal aborts, and raises the one of an account that may not create. A database that is
 * away is logged, and told later.
 */
export async function watchUntil(on: Fight, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    followReadiness(on)
    try {
      if (on.lease.maySend()) await on.alarms.flush(on.ctx)
    } catch (error) {
      on.log.error({ event: 'account.alarms_failed', err: error })
    }
    await pause(WATCH_MS, signal)
  }
}

function followReadiness(on: Fight): void {
  const about = { kind: 'account_not_ready', subject: on.account.id } as const
  const readiness = readinessOf(on)
  if (readiness.ready) return on.alarms.clear(about)
  const { reason, zones, offered } = readiness
  on.alarms.raise({ ...about, facts: { reason, zones: [...zones], offered: [...offered] } })
}
