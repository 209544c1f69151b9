import { dateIn, instantOf, nextDate } from './local-time.ts'

/** The daily window in which lists are published: local times `HH:MM[:SS]` of an IANA zone, `from` before `to`. */
export type PublicationRule = { readonly timeZone: string; readonly from: string; readonly to: string }

export type PublicationWindow = { readonly from: Date; readonly to: Date }

type Lateness = 'early' | 'on_time' | 'late'

type Publication = {
  /** When the run's listings open for orders. */
  readonly opensAt: Date
  readonly lateness: Lateness
  /** Seconds past the window's end; 0 unless late. */
  readonly lateSeconds: number
}

/**
 * The publication window of the local day of `now`, both ends included. Throws RangeError on a malformed rule, also where the window
 * ends before it starts: a window over midnight would belong to two days.
 */
export function publicationWindow(now: Date, rule: PublicationRule): PublicationWindow {
  return windowOn(dateIn(rule.timeZone, now), rule)
}

/** The window in which the next list is to be expected: today's until it has ended, then tomorrow's. Throws RangeError as above. */
export function nextPublicationWindow(now: Date, rule: PublicationRule): PublicationWindow {
  const today = publicationWindow(now, rule)
  return now <= today.to ? today : windowOn(nextDate(dateIn(rule.timeZone, now)), rule)
}

function windowOn(day: string, rule: PublicationRule): PublicationWindow {
  const from = instantOf(day, rule.from, rule.timeZone)
  const to = instantOf(day, rule.to, rule.timeZone)
  if (to < from) throw new RangeError(`publication window ends before it starts: ${rule.from} to ${rule.to}`)
  return { from, to }
}

/** When a run that is ready `now` is published: early → at the window's start; within or after it → now. Rule 5. */
export function opensAt(now: Date, rule: PublicationRule): Publication {
  const window = publicationWindow(now, rule)
  if (now < window.from) return { opensAt: window.from, lateness: 'early', lateSeconds: 0 }
  if (now <= window.to) return { opensAt: now, lateness: 'on_time', lateSeconds: 0 }
  const lateSeconds = Math.ceil((now.getTime() - window.to.getTime()) / 1_000)
  return { opensAt: now, lateness: 'late', lateSeconds }
}
