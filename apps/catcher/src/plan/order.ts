import type { Place } from './target.ts'

/** A name of a batch. `at`: its place in the order, in names of ours on average. */
type Placed = { readonly updatedMs: number; readonly place: Place | null; at: number }

/**
 * Where names are in the order. Others are released in between. Where the registry was asked about these too, their number says how far
 * two names are apart; otherwise the times of update do, since a registry updates the names of a day one after another, too. If their
 * distances are too irregular for that, each name of ours counts the same.
 */
export function placeAll(members: readonly Placed[]): void {
  const known = members.filter(({ place }) => place !== null).length
  if (known >= PLACED_SHARE_MIN * members.length) placeByRank(members)
  else placeByUpdate(members)
}

/** Without so many places the others would be guessed. */
const PLACED_SHARE_MIN = 0.5

/** A name without a place is as far from the one before it as that would be from the next if all were evenly spread. */
function placeByRank(members: readonly Placed[]): void {
  let from = -1
  for (const [position, member] of members.entries()) {
    if (member.place === null) continue
    const beforeAt = members[from]?.at ?? -1
    member.at = Math.max(beforeAt, (member.place.rank * members.length) / member.place.of)
    for (let between = from + 1; between < position; between += 1) {
      const without = members[between]
      const share = (between - from) / (position - from)
      if (without !== undefined) without.at = beforeAt + share * (member.at - beforeAt)
    }
    from = position
  }
  for (const [position, member] of members.entries())
    if (position > from) member.at = (members[from]?.at ?? 0) + position - from
}

function placeByUpdate(members: readonly Placed[]): void {
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

/** Whether names are released in the order that was assumed, by what was seen of it. */
export class AssumedOrder {
  #violations = 0
  #surprises = 0
  #confirmations = 0
  #isRefuted = false

  get isRefuted(): boolean {
    return this.#isRefuted
  }

  get confirmations(): number {
    return this.#confirmations
  }

  /** A name was released when it was to be expected. */
  confirm(): void {
    this.#confirmations += 1
  }

  /** A name was released when that was not to be expected. */
  surprise(): void {
    this.#surprises += 1
    this.#judge()
  }

  /** A name was released well before or after others that it should follow or precede. */
  violate(): void {
    this.#violations += 1
    this.#judge()
  }

  /** One name out of order may be held back by the registry. With releases that nobody would have expected it means more. */
  #judge(): void {
    const against = this.#violations + this.#surprises
    const share = against / (this.#confirmations + against)
    if (this.#violations > 0 && against >= AGAINST_MIN && share >= AGAINST_SHARE) this.#isRefuted = true
  }
}

/** So many releases out of order or unexpected, and this share of all that are known, mean that the order is another one. */
const AGAINST_MIN = 3
const AGAINST_SHARE = 0.3
