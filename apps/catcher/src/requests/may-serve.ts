import type { RegistryMs, Target } from '../plan/target.ts'

/**
 * The share of an account's commands that requests may have while it fires: little enough to cost no name, and enough that a day
 * of drops does not keep renewals waiting.
 */
const SHARE_IN_FIRE = 0.02

/** `info`, the command itself, and `info` again where the registry said no. */
const COMMANDS_PER_REQUEST_MAX = 3

export type RequestRule = {
  /** How often the database is asked for requests. */
  readonly everyMs: number
}

type ServeFacts = {
  readonly targets: Iterable<Target>
  /** A target's fire window begins so long before its drop. */
  readonly fireLeadMs: number
  readonly commandsPerSecondMax: number
  readonly lastServedMs: RegistryMs
}

/** Whether a request may be served now: always outside fire windows, and within the reserved share in one. Pure. */
export function mayServe(facts: ServeFacts, nowMs: RegistryMs): boolean {
  const { targets, fireLeadMs, commandsPerSecondMax, lastServedMs } = facts
  if (!isFiring(targets, fireLeadMs, nowMs)) return true
  const gapMs = (1_000 * COMMANDS_PER_REQUEST_MAX) / (commandsPerSecondMax * SHARE_IN_FIRE)
  return nowMs - lastServedMs >= gapMs
}

function isFiring(targets: Iterable<Target>, fireLeadMs: number, nowMs: RegistryMs): boolean {
  for (const { phase, dropFromMs } of targets) {
    if (phase === 'firing' || phase === 'doubtful') return true
    if (phase === 'waiting' && nowMs >= dropFromMs - fireLeadMs) return true
  }
  return false
}
