/** A name of a batch. `at`: its place in the order, in names of ours on average. */
type Placed = { readonly updatedMs: number; at: number }

/**
 * Where names are in the order. Others are released in between, so the times of update say how far two are apart: a registry updates the
 * names of a day one after another, too. If their distances are too irregular for that, each name of ours counts the same.
 */
export function placeAll(members: readonly Placed[]): void {
  const [first, last] = [members[0], members.at(-1)]
  const lastsMs = (last?.updatedMs ?? 0) - (first?.updatedMs ?? 0)
  const meanMs = lastsMs / Math.max(1, members.length - 1)
  const gaps = members.slice(1).map(({ updatedMs }, index) => updatedMs - (members[index]?.updatedMs ?? 0))
  const varianceMs = gaps.reduce((sum, gapMs) => sum + (gapMs - meanMs) ** 2, 0) / Math.max(1, gaps.length)
  const isRegular = lastsMs > 0 && Math.sqrt(varianceMs) <= IRREGULARITY_MAX * meanMs
  for (const [position, member] of members.entries())
    member.at = isRegular ? (member.updatedMs - (first?.updatedMs ?? 0)) / meanMs : position
  if (isRegular) spreadTies(members)
}

/** Names with the same time of update follow each other until the next time. */
function spreadTies(members: readonly Placed[]): void {
  for (let from = 0; from < members.length; ) {
    const at = members[from]?.at ?? 0
    let to = from + 1
    while (members[to]?.at === at) to += 1
    const endAt = members[to]?.at ?? at + 1
    for (let position = from + 1; position < to; position += 1) {
      const member = members[position]
      if (member !== undefined) member.at = at + ((endAt - at) * (position - from)) / (to - from)
    }
    from = to
  }
}

/** Names drawn at random from a regular sequence have distances whose deviation is about their mean. */
const IRREGULARITY_MAX = 1.1

/** The same numbers for the same seed: a plan that is repeated makes the same choices. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
