import type { RegistryMs, Target } from './target.ts'

/** An award comes hours after the grace (a day's batch, and its message by poll): only then is it late. */
const AWARD_MS_MAX = 24 * 3_600_000

/**
 * Whether people should know that nothing decides the target: its grace is over for `undecidedMs`. What is decided only waits to
 * be written, and that has an alarm of its own.
 */
export function isOverdue(target: Target, undecidedMs: number, nowMs: RegistryMs): boolean {
  if (target.phase === 'decided' || target.phase === 'waiting') return false
  const patienceMs = target.applied ? Math.max(undecidedMs, AWARD_MS_MAX) : undecidedMs
  return nowMs > target.graceUntilMs + patienceMs
}
