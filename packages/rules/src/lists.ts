import { peek } from './machines/machine.ts'
import { type SyncRunState, syncRunMachine } from './machines/sync-run.ts'
import type { RejectReason } from './ports/drop-feed.ts'
import { may, type Role } from './staff.ts'

/** What publishing a run would do, counted before anything is changed. */
export type QuarantineFacts = {
  /** Rows the reader accepted. */
  readonly rows: number
  /** Of them, names that are not listed and whose cut-off has passed. */
  readonly tooLate: number
  /** Why the reader did not come to the end of the list; null where it did. */
  readonly brokeOff: 'truncated' | 'beyond_limits' | null
  /** Rows that published lists of this registry and format usually have; `null` where none came before. */
  readonly rowsUsual: number | null
  /** Live listings that the list speaks of: in its scope, or carried by it. */
  readonly live: number
  readonly moved: number
  readonly suspected: number
}

/** Operator data, in per cent. 100 for a maximum and 0 for a minimum switch a limit off. */
export type QuarantineLimits = {
  readonly suspectedPercentMax: number
  readonly movedPercentMax: number
  readonly rowsPercentMin: number
}

export type QuarantineReason =
  | 'truncated'
  | 'beyond_limits'
  | 'nothing_to_list'
  | 'too_many_suspected'
  | 'too_many_moved'
  | 'too_few_rows'

/** Of fewer names than this a share says nothing: two of three that move are a Tuesday. */
const JUDGED_NAMES_MIN = 20

/**
 * Why a run must wait for a person; empty where it may be published by itself. A broken download must not make the rest of
 * the names suspect, and a wrong date must not move a whole day (rule 17).
 */
export function quarantineReasons(
  facts: QuarantineFacts,
  limits: QuarantineLimits,
): readonly QuarantineReason[] {
  const reasons: QuarantineReason[] = []
  // Of any scope: what was cut may have been cut anywhere, and the whole list is likely to follow.
  if (facts.brokeOff !== null) reasons.push(facts.brokeOff)
  // A list that says nothing is not what the registry meant to publish, and would set the measure for the next.
  const isOfUse = facts.rows > facts.tooLate
  if (!isOfUse) reasons.push('nothing_to_list')
  if (isOver(facts.suspected, facts.live, limits.suspectedPercentMax)) reasons.push('too_many_suspected')
  if (isOver(facts.moved, facts.live, limits.movedPercentMax)) reasons.push('too_many_moved')
  if (isOfUse && isUnder(facts.rows, facts.rowsUsual ?? 0, limits.rowsPercentMin))
    reasons.push('too_few_rows')
  return reasons
}

function isOver(part: number, whole: number, percentMax: number): boolean {
  return whole >= JUDGED_NAMES_MIN && part * 100 > whole * percentMax
}

function isUnder(part: number, whole: number, percentMin: number): boolean {
  return whole >= JUDGED_NAMES_MIN && part * 100 < whole * percentMin
}

/**
 * Whether a reject for this reason is the last entry of a list that was not read to its end: the list was cut
 * (`truncated`), or goes beyond what any drop list has (`beyond_limits`).
 */
export function breaksOff(reason: RejectReason): boolean {
  return reason === 'truncated' || reason === 'beyond_limits'
}

/** What a person can do with a sync run. */
export type RunAction = 'publish' | 'discard'

const actions: readonly RunAction[] = ['publish', 'discard']

/** The actions a person with these roles may take on a run in this state. */
export function runActions(state: SyncRunState, held: readonly Role[]): readonly RunAction[] {
  if (!may(held, 'syncs:resolve')) return []
  return actions.filter((action) => peek(syncRunMachine, state, action) !== undefined)
}
