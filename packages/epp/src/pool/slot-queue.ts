import type { Clock } from '../clock.ts'
import { type CommandName, isTransform } from '../commands/command.ts'
import type { Session } from '../session/session.ts'
import type { Failures } from './failures.ts'
import type { AccountLimits, NameGaps, Permit, RateSource, Spacing } from './limits.ts'
import { Slot, type SlotParts, type Used } from './slot.ts'

/** A catcher waits with as many callers as sessions. More than this is a programming error, not load. */
const WAITERS_MAX = 10_000

/** An unused slot is released after this: a forgotten one would keep its session idle for ever. */
const SLOT_HELD_MS_MAX = 5_000

/** The wait for a slot ended without one. */
export class NoSlot extends Error {
  readonly reason: 'closed' | 'timed_out' | 'crowded'

  constructor(reason: NoSlot['reason'], detail: string) {
    super(detail)
    this.name = 'NoSlot'
    this.reason = reason
  }
}

export type AcquireOptions = {
  /** When it aborts the wait rejects with its reason. */
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

type SlotQueueDeps = {
  readonly clock: Clock
  readonly window: RateSource
  readonly names: NameGaps
  readonly failures: Failures
  readonly limits: AccountLimits
  readonly transitMsMax: number
  readonly answerMsMax: number
  sessions(): Iterable<Session>
  /** Whether a session may be used for one more command, besides those already reserved. */
  mayServe(session: Session, reserved: number): boolean
}

type Place = { reserved: number; readyAtMs: number }
type Waiter = { grant(slot: Slot): void; fail(error: unknown): void }

/** Assigns free sessions to those who wait, as far as the account's rate allows. First come, first served. */
export class SlotQueue {
  readonly #deps: SlotQueueDeps
  readonly #places = new WeakMap<Session, Place>()
  #logins: PromiseWithResolvers<Permit>[] = []
  #waiters: Waiter[] = []
  #cancelTimer: (() => void) | undefined
  #closed: string | undefined
  readonly #listeners = new Set<() => void>()

  constructor(deps: SlotQueueDeps) {
    this.#deps = deps
  }

  get waiting(): number {
    return this.#waiters.length
  }

  /** Waits for a slot. Rejects with `NoSlot`, or with the signal's reason. */
  acquire({ signal, timeoutMs }: AcquireOptions = {}): Promise<Slot> {
    if (signal?.aborted === true) return Promise.reject(signal.reason)
    if (this.#closed !== undefined) return Promise.reject(new NoSlot('closed', this.#closed))
    if (this.#waiters.length >= WAITERS_MAX)
      return Promise.reject(new NoSlot('crowded', 'too many wait for a slot'))
    return new Promise((resolve, reject) => {
      const leave = (error: unknown) => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        waiter.fail(error)
      }
      const abort = () => leave(signal?.reason)
      const cancel =
        timeoutMs === undefined
          ? undefined
          : this.#deps.clock.after(timeoutMs, () =>
              leave(new NoSlot('timed_out', `no slot within ${timeoutMs} ms`)),
            )
      const cleanUp = () => {
        cancel?.()
        signal?.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        grant: (slot) => {
          cleanUp()
          resolve(slot)
        },
        fail: (error) => {
          cleanUp()
          reject(error)
        },
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiters.push(waiter)
      this.pump()
    })
  }

  /** A slot, on `session` if given, if one is free now and nobody waits for it. */
  tryAcquire(session?: Session): Slot | undefined {
    if (this.#waiters.length > 0 || this.#logins.length > 0) return undefined
    if (session === undefined) return this.#slot(this.#sessionFreeNow())
    const place = this.#place(session)
    return this.#deps.mayServe(session, place.reserved) ? this.#slot(session) : undefined
  }

  /**
   * A slot at once, before everyone who waits for one, and however shortly after the last command: for what is released now. Undefined
   * if the rate has no room, or no session is free.
   */
  acquireNow(): Slot | undefined {
    if (this.#closed !== undefined || this.#logins.length > 0) return undefined
    return this.#slot(this.#sessionFreeNow(), 'none')
  }

  /** How many commands the account's rate has room for now. */
  commandsLeft(): number {
    return this.#deps.window.left()
  }

  /** The share of the account's rate that is free now; where there are limits by the second and by the minute, the smaller. */
  rateLeft(): number {
    return this.#deps.window.shareLeft()
  }

  /** Calls `run` whenever a session has become free or is gone; the returned function ends that. */
  onChange(run: () => void): () => void {
    this.#listeners.add(run)
    return () => void this.#listeners.delete(run)
  }

  /** Whether no command is in flight on the session and its pause is over. */
  isIdle(session: Session): boolean {
    return this.#place(session).reserved === 0 && this.#readyAtMs(session) <= this.#deps.clock.nowMs()
  }

  /** When the next slot is free: a time not after now if one is free, `Infinity` while no session is free. */
  nextSlotAtMs(spacing: Spacing = 'even'): number {
    const nowMs = this.#deps.clock.nowMs()
    let sessionAtMs = Infinity
    for (const session of this.#free()) {
      sessionAtMs = Math.min(sessionAtMs, this.#readyAtMs(session))
      // The catch loop asks before each command: with a hundred sessions nearly all are free.
      if (sessionAtMs <= nowMs) break
    }
    return Math.max(sessionAtMs, this.#deps.window.nextAtMs(spacing))
  }

  /** A place in the rate for a login or logout. These come before slots, which need sessions. */
  permit(): Promise<Permit> {
    const wanted = Promise.withResolvers<Permit>()
    this.#logins.push(wanted)
    this.pump()
    return wanted.promise
  }

  /** Grants what can be granted now, and sets a timer for the next grant. */
  pump(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#grantLogins()
    while (this.#waiters.length > 0 && this.#logins.length === 0) {
      const slot = this.#slot(this.#sessionFreeNow())
      if (slot === undefined) break
      this.#waiters.shift()?.grant(slot)
    }
    if (this.#logins.length > 0) this.#wakeAt(this.#deps.window.nextAtMs())
    else if (this.#waiters.length > 0) this.#wakeAt(this.nextSlotAtMs())
    for (const run of this.#listeners) run()
  }

  /** Rejects everyone who waits, and every later call. */
  close(reason: string): void {
    this.#closed ??= reason
    for (const waiter of this.#waiters.splice(0)) waiter.fail(new NoSlot('closed', this.#closed))
    for (const login of this.#logins.splice(0)) login.reject(new NoSlot('closed', this.#closed))
    this.#cancelTimer?.()
  }

  #grantLogins(): void {
    while (this.#logins.length > 0) {
      const permit = this.#deps.window.take()
      if (permit === undefined) return
      this.#logins.shift()?.resolve(permit)
    }
  }

  #wakeAt(atMs: number): void {
    if (atMs === Infinity) return
    const delayMs = Math.max(1, Math.ceil(atMs - this.#deps.clock.nowMs()))
    this.#cancelTimer = this.#deps.clock.after(delayMs, () => this.pump())
  }

  #slot(session: Session | undefined, spacing: Spacing = 'even'): Slot | undefined {
    if (session === undefined || !this.#hasRoom(session)) return undefined
    const place = this.#place(session)
    if (this.#readyAtMs(session) > this.#deps.clock.nowMs()) return undefined
    const permit = this.#deps.window.take(spacing)
    if (permit === undefined) return undefined
    place.reserved += 1
    const { clock, names, failures, limits, answerMsMax } = this.#deps
    const free: SlotParts['free'] = (used, command) => {
      cancel()
      this.#freed(place, used, command)
    }
    const nowMs = () => clock.nowMs()
    const checksCountAsFailed = limits.checksCountAsFailed ?? false
    const slot = new Slot({
      session,
      permit,
      names,
      failures,
      checksCountAsFailed,
      nowMs,
      answerMsMax,
      free,
    })
    const cancel = clock.after(SLOT_HELD_MS_MAX, () => slot.release())
    return slot
  }

  #freed(place: Place, used: Used, command?: CommandName): void {
    place.reserved -= 1
    if (used !== 'unused' && command !== undefined)
      place.readyAtMs = this.#deps.clock.nowMs() + this.#pauseMs(place, used, command)
    this.pump()
  }

  /** How long a session pauses after a command, by its registry's rules. */
  #pauseMs({ reserved }: Place, used: Used, command: CommandName): number {
    const { transitMsMax, limits } = this.#deps
    const { sessionGapAfter, errorPauseMs = 0 } = limits
    const sessionGapMs =
      sessionGapAfter === 'transforms' && !isTransform(command) ? 0 : (limits.sessionGapMs ?? 0)
    const seen = (used === 'answered' || used === 'refused') && reserved === 0
    const gapMs = sessionGapMs > 0 ? sessionGapMs + (seen ? 0 : transitMsMax) : 0
    return Math.max(gapMs, used === 'refused' ? errorPauseMs : 0)
  }

  /** The free session that has been silent for longest. */
  #sessionFreeNow(): Session | undefined {
    const nowMs = this.#deps.clock.nowMs()
    let best: Session | undefined
    for (const session of this.#free()) {
      if (this.#readyAtMs(session) > nowMs) continue
      if (best === undefined || session.lastSentAtMs < best.lastSentAtMs) best = session
    }
    return best
  }

  *#free(): Iterable<Session> {
    for (const session of this.#deps.sessions()) {
      if (this.#hasRoom(session) && this.#deps.mayServe(session, this.#place(session).reserved)) yield session
    }
  }

  #hasRoom(session: Session): boolean {
    return session.state !== 'closed' && this.#place(session).reserved < (this.#deps.limits.windowMax ?? 1)
  }

  #readyAtMs(session: Session): number {
    return Math.max(
      this.#place(session).readyAtMs,
      session.loggedInAtMs + (this.#deps.limits.loginPauseMs ?? 0),
    )
  }

  #place(session: Session): Place {
    const known = this.#places.get(session)
    if (known !== undefined) return known
    const place = { reserved: 0, readyAtMs: -Infinity }
    this.#places.set(session, place)
    return place
  }
}
