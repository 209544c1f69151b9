import type { Clock } from '../clock.ts'
import type { Session } from '../session/session.ts'
import type { FailedCreates } from './failed-creates.ts'
import type { NameGaps } from './name-gaps.ts'
import type { Permit, RateWindow } from './rate-window.ts'
import { Slot } from './slot.ts'

/** A catcher waits with one or a few; more is a fault of the caller's, not load. */
const WAITERS_MAX = 10_000

/** A slot nobody uses is taken back: a forgotten one would keep its session idle for ever. */
const SLOT_HELD_MS_MAX = 5_000

/** There will be no slot. */
export class NoSlot extends Error {
  readonly reason: 'closed' | 'timed_out' | 'crowded'

  constructor(reason: NoSlot['reason'], detail: string) {
    super(detail)
    this.name = 'NoSlot'
    this.reason = reason
  }
}

export type AcquireOptions = {
  /** Its reason is what the wait rejects with. */
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

export type DeskDeps = {
  readonly clock: Clock
  readonly window: RateWindow
  readonly names: NameGaps
  readonly failedCreates: FailedCreates
  readonly sessionGapMs: number
  readonly transitMsMax: number
  readonly answerMsMax: number
  readonly windowMax: number
  sessions(): Iterable<Session>
}

type Place = { reserved: number; readyAtMs: number }
type Waiter = { grant(slot: Slot): void; fail(error: unknown): void }

/** Brings together who waits, which session is free, and what the account's rate allows. First come, first served. */
export class Desk {
  readonly #deps: DeskDeps
  readonly #places = new WeakMap<Session, Place>()
  #logins: PromiseWithResolvers<Permit>[] = []
  #waiters: Waiter[] = []
  #cancelTimer: (() => void) | undefined
  #closed: string | undefined

  constructor(deps: DeskDeps) {
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
      const settled = () => {
        cancel?.()
        signal?.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        grant: (slot) => {
          settled()
          resolve(slot)
        },
        fail: (error) => {
          settled()
          reject(error)
        },
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#waiters.push(waiter)
      this.pump()
    })
  }

  /** A slot when there is one now and nobody waits for it; on `session`, if given. */
  tryAcquire(session?: Session): Slot | undefined {
    if (this.#waiters.length > 0 || this.#logins.length > 0) return undefined
    return this.#slot(session === undefined ? this.#sessionFreeNow() : session)
  }

  /** When the next slot is due: a time not after now when there is one, `Infinity` when no session is free. */
  nextSlotAtMs(): number {
    const sessionAtMs = Math.min(Infinity, ...this.#free().map((session) => this.#place(session).readyAtMs))
    return Math.max(sessionAtMs, this.#deps.window.nextAtMs())
  }

  /** A place in the rate for a login; logins go before slots, since without sessions there are none. */
  permit(): Promise<Permit> {
    const wanted = Promise.withResolvers<Permit>()
    this.#logins.push(wanted)
    this.pump()
    return wanted.promise
  }

  /** Grants what can be granted, and comes back when the next grant is due. */
  pump(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#grantLogins()
    while (this.#waiters.length > 0 && this.#logins.length === 0) {
      const slot = this.#slot(this.#sessionFreeNow())
      if (slot === undefined) break
      this.#waiters.shift()?.grant(slot)
    }
    this.#wakeAt(this.#logins.length > 0 ? this.#deps.window.nextAtMs() : this.nextSlotAtMs())
  }

  /** Everybody who waits is sent away, and whoever comes. */
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
    if (this.#logins.length + this.#waiters.length === 0 || atMs === Infinity) return
    const delayMs = Math.max(1, Math.ceil(atMs - this.#deps.clock.nowMs()))
    this.#cancelTimer = this.#deps.clock.after(delayMs, () => this.pump())
  }

  #slot(session: Session | undefined): Slot | undefined {
    if (session === undefined || !this.#isFree(session)) return undefined
    const place = this.#place(session)
    if (place.readyAtMs > this.#deps.clock.nowMs()) return undefined
    const permit = this.#deps.window.take()
    if (permit === undefined) return undefined
    place.reserved += 1
    const { clock, names, failedCreates, answerMsMax } = this.#deps
    const free = (used: 'answered' | 'sent' | 'unused') => {
      cancel()
      this.#freed(place, used)
    }
    const nowMs = () => clock.nowMs()
    const slot = new Slot({ session, permit, names, failedCreates, nowMs, answerMsMax, free })
    const cancel = clock.after(SLOT_HELD_MS_MAX, () => slot.release())
    return slot
  }

  #freed(place: Place, used: 'answered' | 'sent' | 'unused'): void {
    place.reserved -= 1
    const { clock, sessionGapMs, transitMsMax } = this.#deps
    const unseenMs = used === 'answered' && place.reserved === 0 ? 0 : transitMsMax
    if (used !== 'unused' && sessionGapMs > 0) place.readyAtMs = clock.nowMs() + unseenMs + sessionGapMs
    this.pump()
  }

  #sessionFreeNow(): Session | undefined {
    const nowMs = this.#deps.clock.nowMs()
    return this.#free()
      .filter((session) => this.#place(session).readyAtMs <= nowMs)
      .toSorted((a, b) => a.lastSentAtMs - b.lastSentAtMs)[0]
  }

  #free(): Session[] {
    return [...this.#deps.sessions()].filter((session) => this.#isFree(session))
  }

  #isFree(session: Session): boolean {
    return session.state !== 'closed' && this.#place(session).reserved < this.#deps.windowMax
  }

  #place(session: Session): Place {
    const known = this.#places.get(session)
    if (known !== undefined) return known
    const place = { reserved: 0, readyAtMs: -Infinity }
    this.#places.set(session, place)
    return place
  }
}
