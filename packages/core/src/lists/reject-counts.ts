import type { JsonValue } from '../database/tables.gen.ts'

export type RejectCount = { readonly reason: string; readonly count: number }

/** A run's rejects by reason, the commonest first: why a list is wrong is told by what most of its rows have. */
export function rejectCounts(stored: JsonValue): readonly RejectCount[] {
  if (typeof stored !== 'object' || stored === null) return []
  return Object.entries(stored)
    .map(([reason, count]) => ({ reason, count: Number(count) }))
    .toSorted((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
}
