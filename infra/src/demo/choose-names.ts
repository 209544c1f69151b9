import type { MovedRow } from './compress.ts'

/** What the simulated registry will do with a name. What comes of it, the system finds out. */
type Fate =
  | 'uncontested'
  | 'contested_late'
  | 'contested_at_once'
  | 'premium'
  | 'withdrawn_before'
  | 'withdrawn_at_drop'
  | 'unreleased'
  | 'refused'

export type ChosenName = MovedRow & {
  readonly fate: Fate
  /** It expired at our own registrar, and so carries our client id before the purge. */
  readonly formerlyOurs: boolean
}

/** Fates in turn: in each block of sixteen every outcome can come. Most names of real drops are contested. */
const fates: readonly Fate[] = [
  'uncontested',
  'contested_at_once',
  'contested_late',
  'premium',
  'contested_at_once',
  'uncontested',
  'withdrawn_before',
  'contested_at_once',
  'contested_late',
  'refused',
  'contested_at_once',
  'uncontested',
  'unreleased',
  'contested_late',
  'withdrawn_at_drop',
  'contested_at_once',
]

/** Every fifth block of fates, so that a fifth of each fate, was ours before. */
const oursEvery = 5

/**
 * Chooses `count` names, or all if there are fewer: the same number from each day and registry as far as they have them,
 * spread over the day. In order of purge. A name that two days carry is moved by the later list; it is left to others.
 */
export function chooseNames(
  rows: readonly MovedRow[],
  registryOf: (zone: string) => string,
  count: number,
): readonly ChosenName[] {
  const times = Map.groupBy(rows, (row) => row.name)
  const single = rows.filter((row) => times.get(row.name)?.length === 1)
  const groups = Map.groupBy(single, (row) => `${row.day} ${registryOf(row.zone)}`)
  const shares = fairShares(
    [...groups.values()].map((group) => group.length),
    count,
  )
  const chosen = [...groups.values()].flatMap((group, index) => spread(group, shares[index] ?? 0))
  return chosen
    .toSorted((one, other) => one.purgeAt.getTime() - other.purgeAt.getTime())
    .map((row, index) => ({
      ...row,
      fate: fates[index % fates.length] ?? 'uncontested',
      formerlyOurs: Math.floor(index / fates.length) % oursEvery === 0,
    }))
}

/** Shares `count` among groups of these sizes: one each in turn, until all is given or all groups are used up. */
export function fairShares(sizes: readonly number[], count: number): readonly number[] {
  const shares = sizes.map(() => 0)
  let left = Math.min(
    count,
    sizes.reduce((sum, size) => sum + size, 0),
  )
  while (left > 0) {
    for (const [index, size] of sizes.entries()) {
      const share = shares[index] ?? 0
      if (left === 0 || share >= size) continue
      shares[index] = share + 1
      left -= 1
    }
  }
  return shares
}

function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  return items.filter(
    (_, index) =>
      Math.floor((index * count) / items.length) !== Math.floor(((index + 1) * count) / items.length),
  )
}
