import type { FeeVerdict } from '@droplock/rules/drop/decide-by-fee'
import { compare, type Money } from '@droplock/rules/money'
import { decide, type Observation, pauseBeforeRetry, RETRY_PAUSE_MS_MAX } from './observe.ts'
import type { RegistryMs, Target } from './target.ts'

/** A command that could not be sent is tried again after this at the earliest. Other names use the slots meanwhile. */
const UNSENT_PAUSE_MS_MIN = 250

/**
 * Interprets a fee check that was sent at `sentMs` because a create was refused. Pure. Only a fee other than the standard fee ends
 * the name as premium. What an operator has to solve is tried again, less and less often.
 */
export function observeFee(target: Target, verdict: FeeVerdict, sentMs: RegistryMs): Observation {
  const known: Target = { ...target, busy: false, lastSentMs: sentMs, due: null }
  switch (verdict.kind) {
    case 'premium':
    case 'refused':
      return decide(known, { outcome: verdict.kind, basis: 'fee_check', holderClid: null })
    case 'fee_stale': {
      const { quoted } = verdict
      const issue = { kind: 'fee_stale', quoted } as const
      // The standard fee is lower now. A lower fee is within the operators' limit, and registries require the exact sum.
      if (target.fee !== null && isBelow(quoted, target.fee.cap))
        return { target: { ...known, fee: { ...target.fee, agreed: quoted }, due: 'create' }, issue }
      return { target: pauseBeforeRetry(known, sentMs), issue }
    }
    case 'incomplete':
      return { target: pauseBeforeRetry(known, sentMs), issue: { kind: 'create_incomplete' } }
    case 'unknown':
      return { target: pauseBeforeRetry(known, sentMs) }
  }
}

/**
 * Postpones a fee check that was not sent and may be sent in `waitMs`: it stays due, and no create is sent before it. Pure. If it has
 * to wait longer than a minute, for example for tomorrow's budget, `info` decides once the grace is over.
 */
export function deferFeeCheck(target: Target, waitMs: number, nowMs: RegistryMs): Observation {
  const pauseMs = Math.max(UNSENT_PAUSE_MS_MIN, waitMs)
  const untilMs = nowMs + Math.min(RETRY_PAUSE_MS_MAX, pauseMs)
  const isHopeless = pauseMs > RETRY_PAUSE_MS_MAX && untilMs > target.graceUntilMs
  const createRetry = target.createRetry && { ...target.createRetry, untilMs }
  return { target: { ...target, busy: false, due: isHopeless ? null : 'fee_check', createRetry } }
}

function isBelow(quoted: Money, cap: Money): boolean {
  return cap.currency === quoted.currency && compare(quoted, cap) < 0
}
