import type { RdapVerdict } from '@droplock/rules/drop/decide-by-rdap'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { decide, type Observation, presume } from './observe.ts'
import type { RegistryMs, Target } from './target.ts'

/** After this long without a usable RDAP answer the outcome is presumed. Some servers lag by minutes. */
const RDAP_MS_MAX = 900_000

/** The pause between two requests about one name: half of the time since the first one, within these bounds. */
const PAUSE_SHARE = 0.5
const PAUSE_MS_MIN = 2_000
const PAUSE_MS_MAX = 120_000

/**
 * Interprets an RDAP answer, at `nowMs`, about a target that is past its grace and not ours. Pure. Without a decision RDAP is asked
 * again, less and less often. An application is decided only together with an `info` after it.
 */
export function observeRdap(target: Target, verdict: RdapVerdict, nowMs: RegistryMs): Observation {
  const sinceMs = target.rdap?.sinceMs ?? nowMs
  const wished = verdict.kind === 'undecided' ? (verdict.retryAfterMs ?? 0) : 0
  const usual = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, PAUSE_SHARE * (nowMs - sinceMs)))
  const taken = verdict.kind === 'taken'
  const asked: Target = { ...target, rdap: { sinceMs, againMs: nowMs + Math.max(wished, usual), taken } }
  // The award may have come since the last `info`, and be ours, so `info` is sent once more.
  if (target.applied) return { target: { ...asked, phase: 'awaiting_award' } }
  if (verdict.kind === 'taken') {
    const { registeredAt: holderCrDate } = verdict
    return decide(target, { outcome: 'lost', basis: 'rdap', holderClid: null, holderCrDate })
  }
  if (verdict.kind === 'not_purged') return end(target, 'missed')
  if (verdict.kind === 'withdrawn') return end(target, 'withdrawn')
  if (nowMs - sinceMs >= RDAP_MS_MAX) return presume(target)
  // Free, or RDAP lags: a create shows which.
  if (verdict.kind === 'absent') return { target: { ...asked, phase: 'firing', due: 'create' } }
  return { target: asked }
}

function end(target: Target, outcome: Exclude<Outcome, 'registered'>): Observation {
  return decide(target, { outcome, basis: 'rdap', holderClid: null })
}
