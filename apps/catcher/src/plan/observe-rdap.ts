import type { RdapVerdict } from '@droplock/rules/drop/decide-by-rdap'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { decide, type Observation, presume } from './observe.ts'
import type { RegistryMs, Target } from './target.ts'

/** RDAP that tells nothing usable for so long is not waited for any longer: some servers lag by minutes. */
const RDAP_MS_MAX = 900_000

/** Pauses between two questions about one name: after half the time for which it is asked, and within these. */
const PAUSE_SHARE = 0.5
const PAUSE_MS_MIN = 2_000
const PAUSE_MS_MAX = 120_000

/**
 * What RDAP, answering at `nowMs`, teaches of a target that is past its grace and not ours. Pure. What it leaves open it is asked
 * again, ever more seldom. What was applied for it decides only together with an `info` that comes after it.
 */
export function observeRdap(target: Target, verdict: RdapVerdict, nowMs: RegistryMs): Observation {
  const sinceMs = target.rdap?.sinceMs ?? nowMs
  const wished = verdict.kind === 'undecided' ? (verdict.retryAfterMs ?? 0) : 0
  const usual = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, PAUSE_SHARE * (nowMs - sinceMs)))
  const taken = verdict.kind === 'taken'
  const asked: Target = { ...target, rdap: { sinceMs, againMs: nowMs + Math.max(wished, usual), taken } }
  // The award may have come since the registry was asked, and be ours: it is asked once more.
  if (target.applied) return { target: { ...asked, phase: 'awaiting_award' } }
  if (taken) return end(target, 'lost')
  if (verdict.kind === 'not_purged') return end(target, 'missed')
  if (verdict.kind === 'withdrawn') return end(target, 'withdrawn')
  if (nowMs - sinceMs >= RDAP_MS_MAX) return presume(target)
  // Free, or RDAP lags: a create tells.
  if (verdict.kind === 'absent') return { target: { ...asked, phase: 'firing', due: 'create' } }
  return { target: asked }
}

function end(target: Target, outcome: Exclude<Outcome, 'registered'>): Observation {
  return decide(target, { outcome, basis: 'rdap', holderClid: null })
}
