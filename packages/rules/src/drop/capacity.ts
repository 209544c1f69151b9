import type { Release } from '../schedule/release.ts'

/** The limits of an account that say how many creates it can send at a drop. Explained at `AccountLimits` of `packages/epp`. */
export type CatchLimits = {
  readonly sessionsMax: number
  readonly commandsPerSecondMax: number
  readonly commandsPerMinuteMax?: number
  readonly sessionGapMs?: number
  readonly errorPauseMs?: number
  readonly nameGapMs?: number
  readonly failedCreatesPerDayMax?: number
  /** Commands in flight on one session. */
  readonly windowMax?: number
}

/** A session waits so long for an answer. Assumed: how far registries are and how fast they answer at a drop is not known beforehand. */
export const ANSWER_MS_ASSUMED = 100

/** At a server that is open for the window only, sessions are opened in so many seconds from its opening on, everybody's. Assumed. */
const LOGIN_SECONDS_ASSUMED = 3

/** How many seconds after its release the first create of a name, whose release is known, can be sent at the earliest. */
export function soonestSeconds(release: Release): number {
  return release === 'open_window' ? LOGIN_SECONDS_ASSUMED : 0
}

/** How many first creates the account can send in one second: by its rate, and by what its sessions can send one after another. */
export function createsPerSecond({
  sessionsMax,
  commandsPerSecondMax,
  sessionGapMs = 0,
  windowMax = 1,
}: CatchLimits): number {
  const perSession = Math.max(1, Math.floor((1_000 * windowMax) / Math.max(ANSWER_MS_ASSUMED, sessionGapMs)))
  return Math.max(1, Math.min(Math.floor(commandsPerSecondMax), sessionsMax * perSession))
}

/** How many commands a second the limits allow for longer than a minute. */
export function lastingRate(
  limits: Pick<CatchLimits, 'commandsPerSecondMax'> & { readonly commandsPerMinuteMax?: number | undefined },
): number {
  return Math.min(limits.commandsPerSecondMax, (limits.commandsPerMinuteMax ?? Infinity) / 60)
}

/** How many creates a second it can go on sending, of which most are refused. */
export function triesPerSecond(limits: CatchLimits): number {
  const { sessionsMax, commandsPerMinuteMax = Infinity, sessionGapMs = 0, errorPauseMs = 0 } = limits
  const perSession = 1_000 / Math.max(ANSWER_MS_ASSUMED + errorPauseMs, sessionGapMs)
  return Math.min(createsPerSecond(limits), commandsPerMinuteMax / 60, sessionsMax * perSession)
}

/** Of one account: so many first creates in any second and in any minute. */
export type Rate = { readonly perSecond: number; readonly perMinute: number; readonly untilMs: number }

/**
 * Gives names seconds in which their first create is sent, one after another: each the first second from its release on that the
 * names before it have left room in. So a name never takes the place of one before it, and with more room none gets a later second.
 */
export class Seconds {
  readonly #rates: readonly Rate[]
  readonly #used = new Map<number, number>()
  readonly #usedOfMinute = new Map<number, number>()
  /** A full second, and one after it that may have room. */
  readonly #next = new Map<number, number>()

  constructor(rates: readonly Rate[]) {
    this.#rates = rates
  }

  /** How many creates the accounts can send in this second. */
  roomOf(second: number): number {
    return this.#sum(second, ({ perSecond, perMinute }) => Math.min(perSecond, perMinute))
  }

  /** The second for a name that is released in `second`; undefined where no account is left by then. */
  take(second: number): number | undefined {
    for (let at = this.#find(second); this.roomOf(at) > 0; at = this.#find(at)) {
      const minute = Math.floor(at / 60)
      const usedOfMinute = this.#usedOfMinute.get(minute) ?? 0
      const used = this.#used.get(at) ?? 0
      if (usedOfMinute >= this.#sum(at, ({ perMinute }) => perMinute)) this.#next.set(at, 60 * (minute + 1))
      else if (used >= this.roomOf(at)) this.#next.set(at, at + 1)
      else {
        this.#used.set(at, used + 1)
        this.#usedOfMinute.set(minute, usedOfMinute + 1)
        return at
      }
    }
    return undefined
  }

  #find(second: number): number {
    let at = second
    for (let next = this.#next.get(at); next !== undefined; next = this.#next.get(at)) at = next
    for (let passed = second; passed !== at; ) {
      const next = this.#next.get(passed) ?? at
      this.#next.set(passed, at)
      passed = next
    }
    return at
  }

  #sum(second: number, of: (rate: Rate) => number): number {
    return this.#rates.reduce((sum, rate) => sum + (rate.untilMs > 1_000 * second ? of(rate) : 0), 0)
  }
}
