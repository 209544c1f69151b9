import type { DropRow, ListScope } from '@droplock/rules/ports/drop-feed'

/** Collects the scope of a list from its rows. */
type ScopeCollector = {
  add(row: DropRow): void
  /**
   * The zones and dates of the rows: a snapshot covers only what it lists. An incomplete list covers only its rows: it is an
   * increment, so that a broken download makes no name suspect (rule 15).
   */
  scope(kind: ListScope['kind'], complete: boolean): ListScope
}

export function createScopeCollector(): ScopeCollector {
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
