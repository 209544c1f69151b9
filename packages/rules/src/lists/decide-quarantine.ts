/** What publishing a run would do, counted before anything is changed. */
export type QuarantineFacts = {
  readonly scopeKind: 'snapshot' | 'increment'
  /** Rows the reader accepted. */
  readonly rows: number
  /** The reader came to no proper end of the list. */
  readonly truncated: boolean
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

export type QuarantineReason = 'too_many_suspected' | 'too_many_moved' | 'too_few_rows' | 'truncated_snapshot'

/** Of fewer names than this a share says nothing: two of three that move are a Tuesday. */
export const JUDGED_NAMES_MIN = 20

/**
 * Why a run must wait for a person; empty where it may be published by itself. A broken download must not make the rest of
 * the names suspect, and a wrong date must not move a whole day (domain §3).
 */
export function quarantineReasons(
  facts: QuarantineFacts,
  limits: QuarantineLimits,
): readonly QuarantineReason[] {
  const reasons: QuarantineReason[] = []
  // A snapshot proves absence only where it is whole. An increment proves none, so its rows are good as far as they go.
  if (facts.truncated && facts.scopeKind === 'snapshot') reasons.push('truncated_snapshot')
  if (isOver(facts.suspected, facts.live, limits.suspectedPercentMax)) reasons.push('too_many_suspected')
  if (isOver(facts.moved, facts.live, limits.movedPercentMax)) reasons.push('too_many_moved')
  if (isUnder(facts.rows, facts.rowsUsual ?? 0, limits.rowsPercentMin)) reasons.push('too_few_rows')
  return reasons
}

function isOver(part: number, whole: number, percentMax: number): boolean {
  return whole >= JUDGED_NAMES_MIN && part * 100 > whole * percentMax
}

function isUnder(part: number, whole: number, percentMin: number): boolean {
  return whole >= JUDGED_NAMES_MIN && part * 100 < whole * percentMin
}
