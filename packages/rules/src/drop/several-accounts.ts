import type { CatchTargetState, Outcome } from '../machines/catch-target.ts'
import type { TargetTryState } from '../machines/target-try.ts'
import type { OutcomeBasis } from './outcome.ts'

// Several of our accounts at one registry may try the same name. Rule 29, ADR 34.

/**
 * An account that has sent nothing for this long has no create that may still take effect: registries end sessions, and carry out or
 * drop what was sent on them, within seconds. Milliseconds.
 */
export const SILENT_MS_MIN = 60_000

/** How a target ended by the answers of one account. */
export type Verdict = {
  readonly outcome: Outcome
  /** Absent where nothing from the registry showed it. */
  readonly basis?: OutcomeBasis | undefined
  /** Of a loss: when the registration by somebody else was created, where the registry said so. */
  readonly holderCrDate?: Date | undefined
}

/** What another account of ours does about the target. */
export type OtherTry = {
  readonly state: TargetTryState
  /** For how long it had sent nothing when the deciding `info` was sent, or has not until now. Not positive: it may send now. */
  readonly silentMs: number
  /** Since it counts as silent, `info` has shown the account that found the verdict that nobody holds the name. */
  readonly seenFree: boolean
}

/**
 * Whether the verdict of one account ends the target, while `others` try it too. A win always does, and so does a registration by
 * somebody else that `info` shows. Everything else is true of one account alone (its creates are refused, it may not see who holds the
 * name), or may be outdated by a create of another account: so the others must have ended, or be silent, for what `info` shows of the
 * name is true for all. A silent account does not hold a name that `info` has shown to be free, so any verdict may follow that; but an
 * application may still be awarded.
 */
export function isConclusive(
  { outcome, basis, holderCrDate }: Verdict,
  others: readonly OtherTry[],
): boolean {
  if (outcome === 'registered') return true
  if (outcome === 'lost' && basis === 'info' && holderCrDate !== undefined) return true
  return others.every(({ state, silentMs, seenFree }) => {
    const isShown = basis === 'info' || (seenFree && state !== 'awaiting_award')
    return state === 'ended' || (isShown && silentMs >= SILENT_MS_MIN)
  })
}

/** What says more comes first: who holds the name, what the registry did with it, what it refused to us; last, that nothing happened. */
const precedence = [
  'registered',
  'lost',
  'withdrawn',
  'premium',
  'refused',
  'missed',
] as const satisfies readonly Outcome[]

/** Of the verdicts of all accounts the one by which the target ends: what a registry showed comes before what is presumed. */
export function chooseVerdict<Found extends Verdict>(verdicts: readonly [Found, ...Found[]]): Found {
  return verdicts.reduce((chosen, each) => (rank(each) < rank(chosen) ? each : chosen))
}

function rank({ outcome, basis }: Verdict): number {
  return precedence.indexOf(outcome) + (basis === 'presumed' ? precedence.length : 0)
}

/** The state of a target that accounts of ours try: what may be ours comes first, then what was applied for. */
export function stateOverTries(
  tries: readonly TargetTryState[],
): Extract<CatchTargetState, 'firing' | 'ambiguous' | 'awaiting_award'> {
  if (tries.includes('ambiguous')) return 'ambiguous'
  return tries.includes('awaiting_award') ? 'awaiting_award' : 'firing'
}

/**
 * The place of an account among ours at its registry, from 0, the same in every process: so that two accounts do not begin with the
 * same names.
 */
export function rankOf(accountId: string, accountsOfRegistry: Iterable<string>): number {
  return [...accountsOfRegistry].toSorted().indexOf(accountId)
}
