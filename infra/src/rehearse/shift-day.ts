import type { DayZone, DropDay } from '@droplock/core/order-of-service/read-drop-day'
import type { ServedName } from '@droplock/core/order-of-service/read-names'

/** A name with the times at which it drops in the rehearsal, in milliseconds from its beginning. */
export type Rehearsed = {
  readonly name: ServedName
  readonly fromMs: number
  readonly toMs: number
  readonly releaseMs: number
}

export type ShiftedDay = {
  /** In the order of service. */
  readonly rehearsed: readonly Rehearsed[]
  /** Names that would drop after the time that is left. */
  readonly cut: readonly ServedName[]
  /** When the last of them has had its creates. */
  readonly endMs: number
}

/** Of a window around a known instant more is kept only where it is shorter: nothing happens in the rest. Seconds. */
const EARLY_SECONDS_MAX = 2
const LATE_SECONDS_MAX = 8

/** A pause between windows that is longer is cut to this. Milliseconds. */
const PAUSE_MS_MAX = 5_000

/** After the last creates their answers come, and outcomes are written. Milliseconds. */
const TAIL_MS = 3_000

/** Bounds of the windows of a zone in which names are released at known instants. */
export function marginsOf(zone: { readonly earlySeconds: number; readonly lateSeconds: number }) {
  return {
    earlySeconds: Math.min(zone.earlySeconds, EARLY_SECONDS_MAX),
    lateSeconds: Math.max(1, Math.min(zone.lateSeconds, LATE_SECONDS_MAX)),
  }
}

type Span = Rehearsed & { readonly endMs: number }

/**
 * Moves the drops of a day together: pauses between windows are cut, windows keep their pace, as limits of registries hold in real time.
 * Windows of names that are released at any moment last `paceScale` times as long. What would drop after `msMax` is cut. Moments of release
 * that nobody knows are drawn by `random`, which returns numbers from 0, below 1. Pure.
 */
export function shiftDay(
  day: Pick<DropDay, 'names' | 'zones'>,
  {
    msMax,
    paceScale,
    random,
  }: { readonly msMax: number; readonly paceScale: number; readonly random: () => number },
): ShiftedDay {
  const creatable = day.names.filter(({ reason }) => reason === undefined || reason === 'capacity')
  const spans = drawReleases(creatable, random).map((drawn) => spanOf(drawn, day.zones))
  const moved = moveTogether(spans, paceScale)
  const kept = moved.filter(({ releaseMs }) => releaseMs + TAIL_MS <= msMax)
  const isKept = new Set(kept.map(({ name }) => name.listingId))
  return {
    rehearsed: kept.toSorted(byPosition),
    cut: creatable.filter(({ listingId }) => !isKept.has(listingId)),
    endMs: Math.min(msMax, Math.max(0, ...kept.map(({ endMs }) => endMs)) + TAIL_MS),
  }
}

const byPosition = (one: Rehearsed, other: Rehearsed) => one.name.position - other.name.position

type Drawn = { readonly name: ServedName; readonly releaseMs: number }

/** Batches release their names one after another, in a drawn order; others release each at a drawn moment of its window. */
function drawReleases(names: readonly ServedName[], random: () => number): readonly Drawn[] {
  const batches = Map.groupBy(names, ({ zone, dropFrom, dropTo }) => `${zone} ${+dropFrom} ${+dropTo}`)
  return [...batches.values()].flatMap((batch) => {
    const drawn = batch
      .map((name) => ({ name, rank: random() }))
      .toSorted((one, other) => one.rank - other.rank)
    return drawn.map(({ name, rank }, index) => {
      const lastsMs = name.dropTo.getTime() - name.dropFrom.getTime()
      const share = name.release === 'daily_batch' ? (index + 0.5) / drawn.length : rank
      const drawnMs = name.dropFrom.getTime() + Math.floor(share * lastsMs)
      return { name, releaseMs: name.releaseAt?.getTime() ?? drawnMs }
    })
  })
}

function spanOf({ name, releaseMs }: Drawn, zones: readonly DayZone[]): Span {
  const zone = zones.find((each) => each.name === name.zone)
  if (name.releaseAt === null || zone === undefined || name.release === 'open_window') {
    const [fromMs, toMs] = [name.dropFrom.getTime(), name.dropTo.getTime()]
    return { name, fromMs, toMs, releaseMs, endMs: toMs }
  }
  const { earlySeconds, lateSeconds } = marginsOf(zone)
  const toMs = releaseMs + 1_000 * lateSeconds
  // Until the last of the names that are released with it has had a create.
  const servedMs = 1_000 * Math.ceil(name.sharing / Math.max(1, name.capacity))
  return {
    name,
    fromMs: releaseMs - 1_000 * earlySeconds,
    toMs,
    releaseMs,
    endMs: Math.max(toMs, releaseMs + servedMs),
  }
}

/** Overlapping windows stay together. Each group begins in a whole second, so that names of one second stay in one. */
function moveTogether(spans: readonly Span[], paceScale: number): readonly Span[] {
  const moved: Span[] = []
  let startsMs = 0
  for (const group of groupsOf(spans)) {
    const fromMs = Math.floor(Math.min(...group.map((span) => span.fromMs)) / 1_000) * 1_000
    // Names that drop at known instants keep them.
    const scale = group.every(({ name }) => name.releaseAt === null) ? paceScale : 1
    const move = (atMs: number) => Math.round(startsMs + scale * (atMs - fromMs))
    for (const span of group)
      moved.push({
        name: span.name,
        fromMs: move(span.fromMs),
        toMs: move(span.toMs),
        releaseMs: move(span.releaseMs),
        endMs: move(span.endMs),
      })
    const endMs = Math.max(...group.map((span) => span.endMs))
    startsMs = 1_000 * Math.ceil((move(endMs) + PAUSE_MS_MAX) / 1_000)
  }
  return moved
}

function groupsOf(spans: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = []
  let untilMs = -Infinity
  for (const span of spans.toSorted((one, other) => one.fromMs - other.fromMs)) {
    if (span.fromMs > untilMs + PAUSE_MS_MAX) groups.push([])
    groups.at(-1)?.push(span)
    untilMs = Math.max(untilMs, span.endMs)
  }
  return groups
}
