import { setTimeout as delay } from 'node:timers/promises'
import { isOverdue } from '../plan/is-overdue.ts'
import type { Fight } from './hold.ts'
import { readinessOf } from './readiness.ts'

export type WatchRule = {
  /** How long after the grace of a target its remaining undecided becomes an alarm. */
  readonly undecidedMs: number
}

/** How often it is looked whether people should know something: they see it within seconds. */
const WATCH_MS = 1_000

/**
 * Until the signal aborts: raises alarms for what nothing decides and for an account that may not create, and writes all that were
 * raised or cleared. A database that is away is logged, and told later.
 */
export async function watchUntil(on: Fight, rule: WatchRule, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    raiseOverdue(on, rule)
    followReadiness(on)
    try {
      await on.alarms.flush(on.ctx)
    } catch (error) {
      on.log.error({ event: 'account.alarms_failed', err: error })
    }
    await delay(WATCH_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Its settlement closes the alarm. */
function raiseOverdue({ board, alarms, registryNowMs }: Fight, { undecidedMs }: WatchRule): void {
  for (const target of board.all()) {
    if (!isOverdue(target, undecidedMs, registryNowMs())) continue
    const { id, name, zone, phase, graceUntilMs } = target
    const facts = { name, zone, phase, graceUntil: new Date(graceUntilMs).toISOString() }
    alarms.raise({ kind: 'target_undecided', subject: id, facts })
  }
}

function followReadiness(on: Fight): void {
  const about = { kind: 'account_not_ready', subject: on.account.id } as const
  const readiness = readinessOf(on)
  if (readiness.ready) return on.alarms.clear(about)
  const { reason, zones, offered } = readiness
  on.alarms.raise({ ...about, facts: { reason, zones: [...zones], offered: [...offered] } })
}
