import type { FeeVerdict } from '@droplock/rules/drop/decide-by-fee'
import { compare, type Money } from '@droplock/rules/money'
import { decide, type Observation, pauseBeforeRetry, RETRY_PAUSE_MS_MAX } from './observe.ts'
import type { RegistryMs, Target } from './target.ts'

/** What could not leave is tried again after this at the earliest: other names have the slots meanwhile. */
const UNSENT_PAUSE_MS_MIN = 250

/**
 * What a fee check, sent at `sentMs` because a create was refused, teaches. Pure. Only a fee that is not the standard one ends the
 * name as premium; what people have to mend is tried again, ever more seldom.
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
      // The standard fee fell: to agree to less is within what operators set, and registries want the exact sum.
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
 * A fee check that never left, and may leave in `waitMs` as far as is known: it is due still, and no create is sent before it. Pure.
 * What has to wait for longer than a minute, as for tomorrow's budget, is left to `info` once the grace is over.
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
