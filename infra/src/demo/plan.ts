import { type ChosenName, chooseNames } from './choose-names.ts'
import { compress, dayLength, type MovedRow } from './compress.ts'
import type { ReadLists } from './read-lists.ts'
import { daysSpanMs, namesMax } from './settings.ts'
import { shareZones, type ZoneShares } from './share-zones.ts'

export const registryIds = ['exact', 'daily'] as const
export type RegistryId = (typeof registryIds)[number]

/** Which zone drops where, and how many names the largest batch has: known before the clock starts. */
export type Layout = {
  readonly shares: ZoneShares
  readonly registryOf: (zone: string) => RegistryId
  readonly dayMs: number
  readonly batchMax: number
}

/** The lists on the demo's own clock, and the names to be ordered. */
export type Schedule = {
  readonly rows: Readonly<Record<RegistryId, readonly MovedRow[]>>
  readonly chosen: readonly ChosenName[]
}

/** Lays the lists out over the two registries. Pure. */
export function layOut(lists: ReadLists): Layout {
  const shares = shareZones(lists.rows, lists.zones)
  const exact = new Set(shares.exact)
  const registryOf = (zone: string) => (exact.has(zone) ? 'exact' : 'daily')
  const dayMs = dayLength(lists.rows, daysSpanMs)
  const { chosen } = schedule(lists, { shares, registryOf, dayMs, batchMax: 0 }, new Date(0))
  const batches = Map.groupBy(
    chosen.filter(({ zone }) => registryOf(zone) === 'daily'),
    ({ day }) => day,
  )
  const batchMax = Math.max(1, ...[...batches.values()].map((batch) => batch.length))
  return { shares, registryOf, dayMs, batchMax }
}

/** Puts the lists on the clock that starts at `startsAt`, and chooses the names. Pure: another start shifts all alike. */
export function schedule(lists: ReadLists, layout: Layout, startsAt: Date): Schedule {
  const { registryOf, dayMs } = layout
  const rows = compress(lists.rows, { startsAt, dayMs }, (zone) => registryOf(zone) === 'daily')
  const of = (id: RegistryId) => rows.filter(({ zone }) => registryOf(zone) === id)
  return { rows: { exact: of('exact'), daily: of('daily') }, chosen: chooseNames(rows, registryOf, namesMax) }
}
