import type { ClockOffset } from '../ports/registrar.ts'

// By how much a name was lost: from the registration of the winner until the registry handled our next create. A create was handled at
// some time between its sending and its answer, by a clock whose offset to ours is known to an error, and the registry's date of the
// winner may be cut to seconds. So it is an interval.

/** Its offset and the bound of its error. */
type Clock = Pick<ClockOffset, 'offsetMs' | 'errorMs'>

type WinnerFacts = {
  /** When the registration of the winner was created, by the registry's clock and as exactly as it says so. */
  readonly createdAt: Date
  /** When the answer that showed that registration arrived, by our clock; undefined where that is not known. */
  readonly shownAt?: Date | undefined
  /** The registry's clock minus ours. */
  readonly clock: Clock
}

/** When the winner's registration was created, and which of our creates the registry handled after it. */
export type LossWindow = {
  /** By the registry's clock. Milliseconds. */
  readonly winner: { readonly fromMs: number; readonly toMs: number }
  /** A create whose answer arrived after this, by our clock, may have been handled after the winner's; so may one without an answer. */
  readonly possibleAfter: Date
  /** A create that was sent at or after this, by our clock, was certainly handled after the winner's. */
  readonly certainFrom: Date
  readonly clock: Clock
}

/** A registry that shows whole seconds has cut off the rest of them; any other is taken to be exact to the millisecond. */
const SECOND_MS = 1_000
const MILLISECOND_MS = 1

/** The time of an answer comes of two readings of milliseconds, each cut off: when the command was sent, and its sum with the round trip. */
const CUT_OFF_MS = 2

/** The bounds of the time of the winner's registration, and of our creates that count. */
export function lossWindow({ createdAt, shownAt, clock }: WinnerFacts): LossWindow {
  const { offsetMs, errorMs } = clock
  const fromMs = createdAt.getTime()
  const resolutionMs = fromMs % SECOND_MS === 0 ? SECOND_MS : MILLISECOND_MS
  const shownMs = shownAt === undefined ? Infinity : shownAt.getTime() + CUT_OFF_MS + offsetMs + errorMs
  const toMs = Math.max(fromMs, Math.min(fromMs + resolutionMs, shownMs))
  return {
    winner: { fromMs, toMs },
    possibleAfter: new Date(Math.floor(fromMs - offsetMs - errorMs - CUT_OFF_MS)),
    certainFrom: new Date(Math.ceil(toMs - offsetMs + errorMs)),
    clock,
  }
}

/** Our creates after the winner's, by our clock. */
type NextCreates = {
  /** When the first was sent that may have been handled after the winner's (`possibleAfter`). */
  readonly possibleSentAt: Date
  /** The earliest answer to one that was certainly handled after it (`certainFrom`), and said that the name exists. */
  readonly certainAnsweredAt: Date
}

/** The true time lies within these bounds. Whole milliseconds, not negative. */
export type LossMargin = { readonly minMs: number; readonly maxMs: number }

/** A create that came later than a day was not in the same race. */
const LOSS_MS_MAX = 86_400_000

/**
 * By how much a name was lost, rounded outwards to a tenth of the interval's own size: it shows no more digits than are known. Null where
 * we sent no create within a day.
 */
export function lossMargin({ winner, clock }: LossWindow, next: NextCreates): LossMargin | null {
  const { offsetMs, errorMs } = clock
  const handledFromMs = next.possibleSentAt.getTime() + offsetMs - errorMs
  const handledToMs = next.certainAnsweredAt.getTime() + CUT_OFF_MS + offsetMs + errorMs
  const minMs = Math.max(0, handledFromMs - winner.toMs)
  const maxMs = Math.max(minMs, handledToMs - winner.fromMs)
  if (maxMs > LOSS_MS_MAX) return null
  const stepMs = stepOf(maxMs - minMs)
  return { minMs: stepMs * Math.floor(minMs / stepMs), maxMs: stepMs * Math.ceil(maxMs / stepMs) }
}

/** A tenth of the power of ten that the width has; at least a millisecond. */
function stepOf(widthMs: number): number {
  return 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, widthMs))) - 1)
}
