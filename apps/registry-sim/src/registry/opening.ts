import type { Registry } from './registry.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Whether the registry accepts logins and commands now: always, or within its opening hours if it has any. */
export function isOpen({ settings, openings }: Registry, nowMs: number): boolean {
  const { opening } = settings
  if (openings.some(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)) return true
  if (!opening) return true
  const [hours = 0, minutes = 0] = opening.atUtc.split(':').map(Number)
  const startMs = (hours * 60 + minutes) * MINUTE_MS
  const sinceMs = (((nowMs - startMs) % DAY_MS) + DAY_MS) % DAY_MS
  return sinceMs < opening.openMs
}
