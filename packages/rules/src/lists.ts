import { nextIfAllowed } from './machines/machine.ts'
import { type SyncRunState, syncRunMachine } from './machines/sync-run.ts'
import type { RejectReason } from './ports/drop-feed.ts'
import { may, type Role } from './staff.ts'

/** What publishing a run would do, counted before anything changes. */
export type QuarantineFacts = {
  readonly scopeKind: 'snapshot' | 'increment'
  /** Rows the reader accepted. */
  readonly rows: number
  /** Rows that it could not read; see `isMalformed`. */
  readonly malformed: number
  /** Those of the accepted rows that are not listed and whose cut-off has passed. */
  readonly tooLate: number
  /** Why the list was not read to its end; null where it was. */
  readonly brokeOff: 'truncated' | 'beyond_limits' | null
  /** Rows that such a list usually has; `null` where nothing shows it. */
  readonly rowsUsual: number | null
  readonly added: number
  /** Live listings that the list carries or has in its scope. */
  readonly live: number
  readonly moved: number
  readonly suspected: number
  /** Zones with live listings in the list's scope, none of which the list carries. */
  readonly zonesEmptied: readonly string[]
  /** Zones that lists of the source usually have names of, and this one has not. */
  readonly zonesMissing: readonly string[]
}

/** Operator data, in per cent. 100 for a maximum and 0 for a minimum switch a limit off. */
export type QuarantineLimits = {
  readonly suspectedPercentMax: number
  readonly movedPercentMax: number
  readonly rowsPercentMin: number
  readonly rejectsPercentMax: number
}

export type QuarantineReason =
  | 'truncated'
  | 'beyond_limits'
  | 'nothing_to_list'
  | 'too_many_rejects'
  | 'too_many_suspected'
  | 'too_many_moved'
  | 'too_few_rows'
  | 'zone_emptied'

/** Of fewer names a percentage says nothing: that two of three move is normal. */
export const COMPARED_NAMES_MIN = 20

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
  // The registry did not mean to publish an empty list.
  const hasNames = facts.rows > facts.tooLate
  if (!hasNames) reasons.push('nothing_to_list')
  const read = facts.rows + facts.malformed
  if (isOver(facts.malformed, read, limits.rejectsPercentMax)) reasons.push('too_many_rejects')
  if (isOver(facts.suspected, facts.live, limits.suspectedPercentMax)) reasons.push('too_many_suspected')
  if (isOver(facts.moved, comparedWith(facts), limits.movedPercentMax)) reasons.push('too_many_moved')
  if (hasNames && isUnder(facts.rows, facts.rowsUsual ?? 0, limits.rowsPercentMin))
    reasons.push('too_few_rows')
  if (isMissingZones(facts, limits)) reasons.push('zone_emptied')
  return reasons
}

/** An increment is judged by all of its names: that the few it has in common with earlier ones have moved is normal. */
function comparedWith({ scopeKind, live, added }: QuarantineFacts): number {
  return scopeKind === 'increment' ? live + added : live
}

/** However few names the zone has: no percentage protects it. A limit of 100 per cent suspects allows it all the same. */
function isMissingZones({ zonesEmptied, zonesMissing }: QuarantineFacts, limits: QuarantineLimits): boolean {
  const mayEmpty = limits.suspectedPercentMax === 100
  const mayMiss = limits.rowsPercentMin === 0
  return (zonesEmptied.length > 0 && !mayEmpty) || (zonesMissing.length > 0 && !mayMiss)
}

function isOver(part: number, whole: number, percentMax: number): boolean {
  return whole >= COMPARED_NAMES_MIN && part * 100 > whole * percentMax
}

function isUnder(part: number, whole: number, percentMin: number): boolean {
  return whole >= COMPARED_NAMES_MIN && part * 100 < whole * percentMin
}

/** What every list has some of: rows of other zones, of the past, and repeated ones. */
const ordinaryRejects: ReadonlySet<RejectReason> = new Set([
  'empty',
  'zone_not_served',
  'below_registrable',
  'is_a_zone',
  'duplicate',
  'past_date',
  'truncated',
  'beyond_limits',
])

/** Whether a row that was rejected for this reason could not be read, so that many of them show a broken list. */
export function isMalformed(reason: RejectReason): boolean {
  return !ordinaryRejects.has(reason)
}

/**
 * Whether a list may change a listing whose schedule another list stated: not where that one has precedence. Of two suppliers of one
 * zone and day the one with the higher precedence is followed; of equal ones the later.
 */
export function mayFollow(precedence: number, precedenceInForce: number): boolean {
  return precedence >= precedenceInForce
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

type RunFacts = { readonly state: SyncRunState; readonly isDryRun: boolean }

/** The actions a person with these roles may take on a run now. A dry run is never published. */
export function runActions({ state, isDryRun }: RunFacts, held: readonly Role[]): readonly RunAction[] {
  if (!may(held, 'syncs:resolve')) return []
  return actions.filter(
    (action) =>
      nextIfAllowed(syncRunMachine, state, action) !== undefined && !(isDryRun && action === 'publish'),
  )
}
