import type { DropRow } from '@droplock/rules/ports/drop-feed'
import type { DropPlan, PlannedEnding } from '../environment/simulator.ts'
import type { ReadLists } from './lists.ts'
import { daysSpanMs, namesMax } from './settings.ts'

export const registryIds = ['exact', 'daily'] as const
type RegistryId = (typeof registryIds)[number]

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

/** Which zones each of the two registries serves. */
type ZoneShares = { readonly exact: readonly string[]; readonly daily: readonly string[] }

/**
 * Gives each zone to one registry so that both have names: the largest to `exact`, every further one to whichever has
 * fewer. Zones without names go to `daily`, which so has at least one.
 */
export function shareZones(
  rows: readonly { readonly zone: string }[],
  zones: ReadonlySet<string>,
): ZoneShares {
  const counts = new Map([...zones].map((zone) => [zone, 0]))
  for (const { zone } of rows) counts.set(zone, (counts.get(zone) ?? 0) + 1)
  const shares = { exact: new Array<string>(), daily: new Array<string>() }
  const names = { exact: 0, daily: 0 }
  const bySize = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  for (const [zone, count] of bySize) {
    const registry =
      shares.exact.length > 0 && (count === 0 || names.daily <= names.exact) ? 'daily' : 'exact'
    shares[registry].push(zone)
    names[registry] += count
  }
  return shares
}

/** The demo's calendar: day k of the lists begins at `startsAt + k · dayMs`. */
type Clock = { readonly startsAt: Date; readonly dayMs: number }

/** A row whose purge was moved to the demo's own coming days. `day` counts from 0. */
export type MovedRow = {
  readonly name: string
  readonly zone: string
  readonly day: number
  readonly purgeAt: Date
}

/** Names drop in this part of a day; in the rest the last of them are decided. */
const dropShare = 0.7
/** A person can follow a day of this length. */
const dayMsMin = 300

/** How long a day lasts when all of them share `spanMs`. */
export function dayLength(rows: readonly DropRow[], spanMs: number): number {
  return Math.max(dayMsMin, Math.floor(spanMs / Math.max(1, datesOf(rows).length)))
}

/**
 * Moves every row to the compressed clock: days keep their order, and within a day the rows keep theirs, evenly spread. In
 * a zone that drops in `batches` all names of a day are announced for its beginning. In order of purge.
 */
export function compress(
  rows: readonly DropRow[],
  clock: Clock,
  batches: (zone: string) => boolean,
): readonly MovedRow[] {
  const dates = datesOf(rows)
  return dates.flatMap((date, day) => {
    const dayStartMs = clock.startsAt.getTime() + day * clock.dayMs
    const ofDay = rows.filter((row) => row.dropDate === date).toSorted(byPurge)
    const stepMs = (clock.dayMs * dropShare) / ofDay.length
    const moved = ofDay.map(({ name, zone }, index) => ({
      name,
      zone,
      day,
      purgeAt: new Date(batches(zone) ? dayStartMs : dayStartMs + Math.floor(index * stepMs)),
    }))
    return moved.toSorted((one, other) => one.purgeAt.getTime() - other.purgeAt.getTime())
  })
}

function datesOf(rows: readonly DropRow[]): readonly string[] {
  return [...new Set(rows.map((row) => row.dropDate))].toSorted()
}

function byPurge(one: DropRow, other: DropRow): number {
  return (one.purgeAt?.getTime() ?? 0) - (other.purgeAt?.getTime() ?? 0)
}

/** A row that is ordered, with its planned ending. */
type ChosenName = MovedRow & DropPlan & { readonly formerlyOurs: boolean }

/** In turn: each block of sixteen can have every outcome. Most names of real drops are contested. */
const endings: readonly PlannedEnding[] = [
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

/** Every fifth block was ours before, and so a fifth of each ending. */
const oursEvery = 5

/**
 * Chooses `count` names, or all if there are fewer: the same number from each day and registry as far as they have them,
 * spread over the day. In order of purge. A name that two days carry is moved by the later list; it is not chosen.
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
      ending: endings[index % endings.length] ?? 'uncontested',
      formerlyOurs: Math.floor(index / endings.length) % oursEvery === 0,
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
