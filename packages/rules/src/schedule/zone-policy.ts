import { Refusal } from '../refusals.ts'
import { instantOf } from './local-time.ts'
import type { Release } from './release.ts'

/** How a zone's registry releases names, and what follows from it: when orders close, and what is done after the window. */
export type ZonePolicy = {
  readonly release: Release
  /** IANA zone of the local times. */
  readonly dropTimeZone: string
  /** Local start of the first batch, `HH:MM[:SS]`, and of further ones, ascending. */
  readonly dropStartsAt: string
  readonly dropAlsoAt: readonly string[]
  readonly dropLastsSeconds: number
  readonly earlySeconds: number
  readonly lateSeconds: number
  readonly cutoffLeadSeconds: number
  readonly graceSeconds: number
  readonly graceFullSeconds: number
  readonly graceProbeSeconds: number
  readonly graceSharePercent: number
  /** How much earlier and later submissions follow a registry that is off its schedule (rule 26). 0: not at all. */
  readonly driftEarlierSecondsMax: number
  readonly driftLaterSecondsMax: number
}

/** Batches of a day; one an hour is more than any registry runs. */
const BATCHES_MAX = 24

/** Longer than any phase of a deleted name: a year. Seconds. */
const SECONDS_MAX = 31_536_000

const least = {
  dropLastsSeconds: 1,
  earlySeconds: 0,
  lateSeconds: 0,
  cutoffLeadSeconds: 0,
  graceSeconds: 0,
  graceFullSeconds: 0,
  graceProbeSeconds: 1,
  driftEarlierSecondsMax: 0,
  driftLaterSecondsMax: 0,
} as const satisfies Partial<Record<keyof ZonePolicy, number>>

/** Throws Refusal('invalid_policy') with what is wrong. */
export function requireZonePolicy(policy: ZonePolicy): void {
  const wrong = findWrongNumber(policy) ?? findWrongTime(policy)
  if (wrong !== undefined) throw new Refusal('invalid_policy', wrong)
}

function findWrongNumber(policy: ZonePolicy): string | undefined {
  for (const [key, min] of Object.entries(least)) {
    const value = policy[key as keyof typeof least]
    if (!Number.isInteger(value) || value < min || value > SECONDS_MAX)
      return `${key} is a whole number from ${min} to ${SECONDS_MAX}, not ${value}.`
  }
  const { graceSharePercent: share } = policy
  if (Number.isInteger(share) && share >= 1 && share <= 100) return undefined
  return `graceSharePercent is a whole number from 1 to 100, not ${share}.`
}

function findWrongTime({ dropTimeZone, dropStartsAt, dropAlsoAt }: ZonePolicy): string | undefined {
  const starts = [dropStartsAt, ...dropAlsoAt]
  if (starts.length > BATCHES_MAX) return `A day has at most ${BATCHES_MAX} batches.`
  try {
    const instants = starts.map((start) => instantOf('2026-01-15', start, dropTimeZone))
    const isAscending = instants.every((at, index) => index === 0 || at > (instants[index - 1] ?? at))
    return isAscending ? undefined : 'The batches of a day are in the order of their starts.'
  } catch {
    return `${dropTimeZone} must be an IANA time zone, and ${starts.join(', ')} local times.`
  }
}
