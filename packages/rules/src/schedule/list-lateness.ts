import { addSeconds, dateIn, instantOf } from './local-time.ts'

/** When a source's lists are expected. */
export type ListExpectation = {
  readonly timeZone: string
  /** Local time of day; null: no time is expected. */
  readonly expectedBy: string | null
  readonly lateAllowanceSeconds: number
  /** Null: any time may pass between two lists. */
  readonly lateAfterSeconds: number | null
}

const DAY_MS = 86_400_000

/**
 * Since when a source is late; undefined while it is not. `listAt`: when its last new list came, or since when it is read.
 *
 * A list counts for the local day on which it comes. So the source is late if, at the last time at which a list was due, none had
 * come on that day and none has since. It is late too if its last list is older than `lateAfterSeconds`.
 */
export function lateSince(expected: ListExpectation, listAt: Date, now: Date): Date | undefined {
  const { lateAfterSeconds } = expected
  const tooOld = lateAfterSeconds === null ? undefined : addSeconds(listAt, lateAfterSeconds)
  const since = [missedDeadline(expected, listAt, now), tooOld].filter((at) => at !== undefined && at <= now)
  return since.toSorted((one, other) => Number(one) - Number(other))[0]
}

function missedDeadline(expected: ListExpectation, listAt: Date, now: Date): Date | undefined {
  const { timeZone, expectedBy, lateAllowanceSeconds } = expected
  if (expectedBy === null) return undefined
  // An allowance that leads over midnight ends on the day after the one that it belongs to.
  for (const daysAgo of [0, 1, 2]) {
    const day = dateIn(timeZone, new Date(now.getTime() - daysAgo * DAY_MS))
    const deadline = addSeconds(instantOf(day, expectedBy, timeZone), lateAllowanceSeconds)
    if (deadline > now) continue
    return listAt < instantOf(day, '00:00', timeZone) ? deadline : undefined
  }
  return undefined
}
