/** What decides a name's turn when a window has more names than capacity. */
export type InService = { readonly orderedAt: Date; readonly listingId: string }

/**
 * Compares by order time, then listing id. Price never counts: there is no auction (rule 1, architecture §4.1). Ids are
 * compared by code unit, so every process sorts alike whatever its locale.
 */
export function byOrderOfService(one: InService, other: InService): number {
  const byTime = one.orderedAt.getTime() - other.orderedAt.getTime()
  if (byTime !== 0) return byTime
  if (one.listingId === other.listingId) return 0
  return one.listingId < other.listingId ? -1 : 1
}

/** The same targets in the order in which they are served; the input stays as it is. */
export function orderOfService<Target extends InService>(targets: readonly Target[]): Target[] {
  return targets.toSorted(byOrderOfService)
}
