import type { DropWindow } from './drop-window.ts'

/**
 * What shows when a name went. `create`: our create, which registered it. `creation_date`: the date of the registration that followed.
 * `flip`: `info` showed it registered, and then free. `list`: the registry's list of the names that it deleted on a day.
 */
export type ObservedKind = 'create' | 'creation_date' | 'flip' | 'list'

/** Observed later than expected, or earlier where it is negative. Seconds. */
type Lag = number

/** A name of a batch, and what is known of its drop. */
export type BatchName = DropWindow & {
  /** When it went; left out: that is not known. */
  readonly wentAt?: Date | undefined
  /** It has not gone: the registry showed the old registration since the start of its window, and no answer has said otherwise. */
  readonly isRegistered: boolean
}

/** How far a batch is from its schedule. Seconds. */
export type Drift = {
  readonly observed: number
  /** Null where no name was observed. */
  readonly median: Lag | null
  /** Of the middle 80 %. */
  readonly spread: number | null
  readonly earliest: Lag | null
  readonly latest: Lag | null
}

/** How an exact purge time becomes a window; see `DropRule`. Seconds. */
type ExactTerms = { readonly earlySeconds: number; readonly lateSeconds: number }

type Placed = { readonly name: BatchName; readonly wentMs: number; readonly lag: Lag }

/**
 * The names that went, each with how far it was from the instant at which it was expected: the exact purge time, where the window was made
 * from one. Names with a common window are expected evenly through it, in the order in which they went.
 */
function placeObserved(names: readonly BatchName[], terms: ExactTerms): readonly Placed[] {
  const windows = Map.groupBy(names, ({ dropFrom, dropTo }) => `${+dropFrom} ${+dropTo}`)
  return [...windows.values()].flatMap((group) => placeGroup(group, terms))
}

function placeGroup(group: readonly BatchName[], terms: ExactTerms): readonly Placed[] {
  const went = group
    .flatMap((name) => (name.wentAt === undefined ? [] : [{ name, wentMs: name.wentAt.getTime() }]))
    .toSorted((one, other) => one.wentMs - other.wentMs)
  const expected = went.length + group.filter(({ isRegistered }) => isRegistered).length
  return went.map(({ name, wentMs }, index) => {
    const fromMs = name.dropFrom.getTime()
    const lengthMs = name.dropTo.getTime() - fromMs
    const expectedMs = isExact(name, terms)
      ? fromMs + 1_000 * terms.earlySeconds
      : fromMs + (lengthMs * (index + 0.5)) / expected
    return { name, wentMs, lag: (wentMs - expectedMs) / 1_000 }
  })
}

/** How far the names of a batch are from their schedule, by those that were observed. */
export function measureDrift(names: readonly BatchName[], terms: ExactTerms): Drift {
  const lags = placeObserved(names, terms)
    .map(({ lag }) => lag)
    .toSorted((one, other) => one - other)
  if (lags.length === 0) return { observed: 0, median: null, spread: null, earliest: null, latest: null }
  const at = (share: number) => lags[Math.round(share * (lags.length - 1))] ?? 0
  return {
    observed: lags.length,
    median: at(0.5),
    spread: at(0.9) - at(0.1),
    earliest: at(0),
    latest: at(1),
  }
}

/** How far submission windows may be moved automatically. Seconds. */
export type DriftBounds = { readonly earlierSecondsMax: number; readonly laterSecondsMax: number }

/** How much the start and the end of submission windows differ from the schedule. Seconds; negative: earlier. */
export type WindowShift = { readonly fromSeconds: number; readonly toSeconds: number }

export type FollowedDrift = {
  readonly shift: WindowShift
  /** Names go further from their windows than submissions may follow. */
  readonly beyond: boolean
}

/** Shifts are in whole steps, so that windows move a few times in a batch and not every second: the bound has this many. */
const STEPS = 12

/** A window stays open this much of a step longer than what was seen: until the next measurement is followed. */
const MARGIN_SHARE = 1 / 3

/** The drift is that of the names that went last. */
const LATEST_NAMES = 20

/** One odd date moves no start earlier. Names. */
const EARLIER_NAMES_MIN = 3

/** Starts move later only where so many names agree: a registry that catches up releases names before that. Names. */
const LATER_NAMES_MIN = 10

/** Names beyond the bounds are a drift of the batch if they are this share of what was expected by now; fewer are single cases. */
const BEYOND_SHARE = 0.1

/**
 * The shift that the windows of a batch have from now on, after what was observed until `now` (rule 26). The end follows what is still
 * registered when its window is about to close, and what went last. The start moves earlier as soon as a few names went before their
 * windows, and later, for exact purge times, where the last ones all were late: by less than the least of them.
 */
export function followDrift(
  names: readonly BatchName[],
  terms: ExactTerms,
  bounds: DriftBounds,
  inForce: WindowShift,
  now: Date,
): FollowedDrift {
  const placed = placeObserved(names, terms).toSorted((one, other) => one.wentMs - other.wentMs)
  const latest = placed.slice(-LATEST_NAMES)
  const nowMs = now.getTime()
  const stillThere = names
    .filter((name) => name.isRegistered && name.dropTo.getTime() < nowMs + 1_000 * bounds.laterSecondsMax)
    .map(({ dropTo }) => (nowMs - dropTo.getTime()) / 1_000)
  const late = latest.map(({ name, wentMs }) => (wentMs - name.dropTo.getTime()) / 1_000)
  return {
    shift: {
      fromSeconds: startShift(latest, terms, bounds),
      toSeconds: endShift([...stillThere, ...late], bounds, inForce),
    },
    beyond: isBeyond(names, bounds, nowMs),
  }
}

/** `overshoots`: by how much names are, or went, past the ends of their windows. */
function endShift(overshoots: readonly number[], bounds: DriftBounds, inForce: WindowShift): number {
  const step = stepOf(bounds.laterSecondsMax)
  if (step === 0) return 0
  const wanted = Math.max(0, ...overshoots.map((overshoot) => overshoot + step * MARGIN_SHARE))
  const shift = Math.min(bounds.laterSecondsMax, Math.ceil(wanted / step) * step)
  // It shrinks by more than one step or not at all, so that it does not go back and forth.
  return shift === inForce.toSeconds - step ? inForce.toSeconds : shift
}

function startShift(latest: readonly Placed[], terms: ExactTerms, bounds: DriftBounds): number {
  const before = latest
    .map(({ name, wentMs }) => (wentMs - name.dropFrom.getTime()) / 1_000)
    .filter((seconds) => seconds < 0)
  const earlier = stepOf(bounds.earlierSecondsMax)
  if (before.length >= EARLIER_NAMES_MIN && earlier > 0) {
    const wanted = -Math.min(...before) + earlier * MARGIN_SHARE
    return -Math.min(bounds.earlierSecondsMax, Math.ceil(wanted / earlier) * earlier)
  }
  const later = stepOf(bounds.laterSecondsMax)
  const exact = latest.filter(({ name }) => isExact(name, terms))
  if (later === 0 || exact.length < LATER_NAMES_MIN || exact.length < latest.length) return 0
  const least = Math.min(...exact.map(({ lag }) => lag))
  const shift = Math.floor(least / later - MARGIN_SHARE) * later
  return Math.max(0, Math.min(bounds.laterSecondsMax, shift))
}

function isExact({ dropFrom, dropTo }: DropWindow, { earlySeconds, lateSeconds }: ExactTerms): boolean {
  return dropTo.getTime() - dropFrom.getTime() === 1_000 * (earlySeconds + lateSeconds)
}

function stepOf(secondsMax: number): number {
  return Math.ceil(secondsMax / STEPS)
}

/** When a name went is exact to this: registries date creations in whole seconds, and our creates know half a round trip. Milliseconds. */
const OBSERVED_WITHIN_MS = 1_000

/** Names that went outside, or are registered beyond, the windows as far as they may be moved. */
function isBeyond(names: readonly BatchName[], bounds: DriftBounds, nowMs: number): boolean {
  const outside = ({ dropFrom, dropTo }: BatchName, atMs: number, withinMs: number) =>
    atMs < dropFrom.getTime() - 1_000 * bounds.earlierSecondsMax - withinMs ||
    atMs > dropTo.getTime() + 1_000 * bounds.laterSecondsMax + withinMs
  const due = names.filter(
    ({ dropTo, wentAt, isRegistered }) => wentAt !== undefined || (isRegistered && dropTo.getTime() < nowMs),
  )
  const count = due.filter((name) =>
    name.wentAt === undefined
      ? outside(name, nowMs, 0)
      : outside(name, name.wentAt.getTime(), OBSERVED_WITHIN_MS),
  ).length
  return count > 0 && count >= BEYOND_SHARE * due.length
}

/** A name that went further than this from its window is not of that batch: registries have batches seven hours apart. Seconds. */
export const BATCH_SECONDS_MAX = 21_600
