import { nextIfAllowed } from './machines/machine.ts'
import { type SyncRunState, syncRunMachine } from './machines/sync-run.ts'
import type { RejectReason } from './ports/drop-feed.ts'
import { may, type Role } from './staff.ts'

/** What publishing a run would do, counted before anything changes. */
export type QuarantineFacts = {
  /** Rows the reader accepted. */
  readonly rows: number
  /** Those of them that are not listed and whose cut-off has passed. */
  readonly tooLate: number
  /** Why the list was not read to its end; null where it was. */
  readonly brokeOff: 'truncated' | 'beyond_limits' | null
  /** Rows that published lists of this registry and format usually have; `null` where there are none. */
  readonly rowsUsual: number | null
  /** Live listings that the list carries or has in its scope. */
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

/** Of fewer names a percentage says nothing: that two of three move is normal. */
const COMPARED_NAMES_MIN = 20

/**
 * Why a run is quarantined until a person decides; empty where it may be published automatically. A broken download must not make
 * all other names suspect, and a wrong date must not move a whole day (rule 17).
 */
export function findQuarantineReasons(
  facts: QuarantineFacts,
  limits: QuarantineLimits,
): readonly QuarantineReason[] {
  const reasons: QuarantineReason[] = []
  // For any scope: the missing part may be large, and the complete list will probably follow.
  if (facts.brokeOff !== null) reasons.push(facts.brokeOff)
  // The registry did not mean to publish an empty list, and it would lower what is usual for the next ones.
  const hasNames = facts.rows > facts.tooLate
  if (!hasNames) reasons.push('nothing_to_list')
  if (isOver(facts.suspected, facts.live, limits.suspectedPercentMax)) reasons.push('too_many_suspected')
  if (isOver(facts.moved, facts.live, limits.movedPercentMax)) reasons.push('too_many_moved')
  if (hasNames && isUnder(facts.rows, facts.rowsUsual ?? 0, limits.rowsPercentMin))
    reasons.push('too_few_rows')
  return reasons
}

function isOver(part: number, whole: number, percentMax: number): boolean {
  return whole >= COMPARED_NAMES_MIN && part * 100 > whole * percentMax
}

function isUnder(part: number, whole: number, percentMin: number): boolean {
  return whole >= COMPARED_NAMES_MIN && part * 100 < whole * percentMin
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
  return actions.filter((action) => nextIfAllowed(syncRunMachine, state, action) !== undefined)
}
