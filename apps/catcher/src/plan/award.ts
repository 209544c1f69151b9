import type { RegistryMs, Target } from './target.ts'

/** Messages about applications come within minutes of the end of their period; later ones were lost, or will not come. */
const AWARD_MARGIN_MS = 3_600_000

/**
 * From when on the registry may be asked by `info` about a name that was applied for. Where creates are applications, a message says
 * what became of each: nothing is asked before it came, or before the period has been over for an hour, or its grace, without one.
 * RFC 5731 §3.3.
 */
export function awardAskedAtMs({ release, awarded, dropToMs, graceUntilMs }: Target): RegistryMs {
  if (release !== 'applications' || awarded !== null) return -Infinity
  return Math.min(graceUntilMs, dropToMs + AWARD_MARGIN_MS)
}
