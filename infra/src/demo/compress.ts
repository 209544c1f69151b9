import type { DropRow } from '@droplock/rules/ports/drop-feed'

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
/** A day shorter than this is no day that a person could follow. */
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
