import type { FeeVerdict } from '@droplock/rules/drop/decide-by-fee'
import { compare, type Money } from '@droplock/rules/money/money'
import { decide, type Observation, pauseForLack } from './observe.ts'
import type { RegistryMs, Target } from './target.ts'

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
      const trouble = { kind: 'fee_stale', quoted } as const
      // The standard fee fell: to agree to less is within what operators set, and registries want the exact sum.
      if (target.fee !== null && isBelow(quoted, target.fee.cap))
        return { target: { ...known, fee: { ...target.fee, agreed: quoted }, due: 'create' }, trouble }
      return { target: pauseForLack(known, sentMs), trouble }
    }
    case 'incomplete':
      return { target: pauseForLack(known, sentMs), trouble: { kind: 'create_incomplete' } }
    case 'unknown':
      return { target: pauseForLack(known, sentMs) }
  }
}

function isBelow(quoted: Money, cap: Money): boolean {
  return cap.currency === quoted.currency && compare(quoted, cap) < 0
}
