import { stream } from '../../../registry-sim/src/random.ts'
import { RIVALS, type Scenario, US } from './scenarios.ts'

/** A name that drops. Its place in the list is its place in the order of release. */
export type Dropping = {
  readonly label: string
  readonly wantedBy: readonly string[]
}

/** The names of a scenario in the order of release: drawn, so that those of one kind are not adjacent and labels say nothing. */
export function drawNames({ names }: Scenario, seed: number): readonly Dropping[] {
  const all = [US, ...RIVALS]
  const wishes = [
    ...Array.from({ length: names.contested }, () => all),
    ...all.flatMap((clid) => Array.from({ length: names.alone }, () => [clid])),
    ...Array.from({ length: names.nobodys }, () => []),
  ]
  const ordered = shuffled(wishes, seed, 'order')
  const labels = shuffled(
    ordered.map((_, index) => `name-${index}`),
    seed,
    'labels',
  )
  return ordered.map((wishers, index) => ({ label: labels[index] ?? '', wantedBy: wishers }))
}

/** In an order that the seed and the purpose fix. */
export function shuffled<Item>(items: readonly Item[], seed: number, purpose: string): readonly Item[] {
  const random = stream(seed, 'bench', purpose)
  return items
    .map((item) => ({ item, drawn: random() }))
    .toSorted((one, other) => one.drawn - other.drawn)
    .map(({ item }) => item)
}

export function namesFor(names: readonly Dropping[], clid: string): readonly string[] {
  return names.filter((each) => each.wantedBy.includes(clid)).map(({ label }) => label)
}
