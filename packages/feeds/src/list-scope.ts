import type { DropRow, ListScope } from '@droplock/rules/ports/drop-feed'

/** Gathers what a list turned out to speak of while its rows pass. */
type ScopeGatherer = {
  add(row: DropRow): void
  /**
   * Zones and dates of the rows seen, so a snapshot never speaks of what it did not list. One that is not complete speaks
   * of nothing but its rows: it is an increment, and a broken download can make no name suspect (rule 15).
   */
  scope(kind: ListScope['kind'], complete: boolean): ListScope
}

export function createScopeGatherer(): ScopeGatherer {
  const zones = new Set<string>()
  let from: string | undefined
  let to: string | undefined
  return {
    add({ zone, dropDate }) {
      zones.add(zone)
      if (from === undefined || dropDate < from) from = dropDate
      if (to === undefined || dropDate > to) to = dropDate
    },
    scope: (kind, complete) => ({
      kind: complete ? kind : 'increment',
      zones: [...zones].toSorted(),
      ...(from !== undefined && to !== undefined && { from, to }),
    }),
  }
}
