import type { Clock } from '../clock.ts'
import type { SessionState } from '../session/dialect.ts'
import { SessionRefused } from '../session/open.ts'
import type { Session } from '../session/session.ts'
import type { PoolEvent } from './answer.ts'
import type { Backoff } from './failures.ts'
import type { Permit } from './limits.ts'
import type { Desk } from './slot-queue.ts'

/** Login refusals that no repetition cures; repeating them locks accounts. RFC 5730 §3. */
const HOPELESS_CODES: ReadonlySet<number> = new Set([2100, 2102, 2103, 2200, 2307, 2501])

/** 2501: authentication failed, also in mid-session. */
const AUTHENTICATION_ERROR = 2501

/** 2502: session limit exceeded. */
const TOO_MANY_SESSIONS = 2502

/** After a 2502 one more session is tried this often. */
const GROW_MS = 30_000

/**
 * A session that lived this long was a sound one, and its end starts the pauses anew: in a drop window every second with
 * fewer sessions counts. A registry that throws us out sooner than this after the login means it.
 */
const SOUND_MS = 1_000

/** The first login is answered within this, password hashing and a far registry included; then the others are not kept back. */
const ALONE_MS_MAX = 3_000

/** As much of a session as is needed here. */
export type Member = { readonly state: SessionState; readonly gone: Promise<void> }

export type CrewDeps<Kept extends Member> = {
  readonly clock: Clock
  /** The pauses between tries; their owner may go on with them when this crew has ended. */
  readonly pauses: Backoff
  readonly sessionsMax: number
  open(onEnd: (session: Kept, reason: string, code?: number) => void, signal: AbortSignal): Promise<Kept>
  onEvent(event: PoolEvent): void
  onChange(): void
}

/**
 * Keeps as many sessions as the account allows. What counts against the limit is what the *registry* may still hold open:
 * sessions being opened, and closed ones until their close is confirmed or `closeMsMax` has passed.
 */
export class Crew<Kept extends Member> {
  readonly #deps: CrewDeps<Kept>
  readonly #abort = new AbortController()
  /** Ready sessions and since when. */
  readonly #ready = new Map<Kept, number>()
  /** On their way out by our own will: they are followed at once. */
  readonly #retiring = new Set<Kept>()
  #opening = 0
  #leaving = 0
  #target: number
  /** Whether the registry took our last login. Before that one is tried alone: each wrong password counts at the registry. */
  #proven = false
  #cancelAlone: (() => void) | undefined
  #cancelRetry: (() => void) | undefined
  #cancelGrowth: (() => void) | undefined
  #cancelInherited: (() => void) | undefined
  #stopped: string | undefined
  #lastReason = 'no session was opened yet'

  constructor(deps: CrewDeps<Kept>) {
    this.#deps = deps
    this.#target = deps.sessionsMax
  }

  get sessions(): Iterable<Kept> {
    return this.#ready.keys()
  }

  /** Sessions that the registry may count: never above `sessionsMax`. */
  get counted(): { readonly ready: number; readonly opening: number; readonly leaving: number } {
    return { ready: this.#ready.size, opening: this.#opening, leaving: this.#leaving }
  }

  /** Why no session will ever be opened again. */
  get stopped(): string | undefined {
    return this.#stopped
  }

  /** Why the last session failed. */
  get lastReason(): string {
    return this.#lastReason
  }

  /** Counts sessions that a predecessor may have left open, for `forMs`. At most once. */
  inherit(sessions: number, forMs: number): void {
    this.#leaving += sessions
    this.#cancelInherited = this.#deps.clock.after(forMs, () => this.#left(sessions))
  }

  /** The session will end because we want it to: its place is filled without a pause. */
  retiring(session: Kept): void {
    this.#retiring.add(session)
  }

  fill(): void {
    if (this.#stopped !== undefined || this.#cancelRetry !== undefined) return
    while (this.#ready.size + this.#opening + this.#leaving < this.#target) {
      if (!this.#proven && this.#opening > 0) return this.#waitForFirst()
      void this.#open()
    }
  }

  /** A first login that hangs must not keep the others back. */
  #waitForFirst(): void {
    this.#cancelAlone ??= this.#deps.clock.after(ALONE_MS_MAX, () => {
      this.#proven = true
      this.fill()
    })
  }

  #answered(taken: boolean): void {
    this.#proven = taken
    this.#cancelAlone?.()
    this.#cancelAlone = undefined
  }

  /** Opens no more; what is being opened is given up. */
  stop(reason: string): void {
    if (this.#stopped !== undefined) return
    this.#stopped = reason
    this.#abort.abort()
    this.#cancelRetry?.()
    this.#cancelGrowth?.()
    this.#cancelInherited?.()
    this.#cancelAlone?.()
    this.#deps.onChange()
  }

  async #open(): Promise<void> {
    this.#opening += 1
    try {
      const session = await this.#deps.open(
        (ended, reason, code) => this.#ended(ended, reason, code),
        this.#abort.signal,
      )
      this.#opening -= 1
      this.#joined(session)
    } catch (error) {
      this.#opening -= 1
      this.#refused(
        error instanceof SessionRefused ? error : new SessionRefused(String(error), Promise.resolve()),
      )
    }
    this.#deps.onChange()
  }

  #joined(session: Kept): void {
    // It may have ended between its login and now; its end was then reported before it was one of us.
    if (session.state === 'closed')
      return this.#refused(new SessionRefused('it ended after login', session.gone))
    this.#ready.set(session, this.#deps.clock.nowMs())
    this.#target = Math.max(this.#target, this.#ready.size)
    this.#answered(true)
    this.#deps.onEvent({ kind: 'session_ready', sessions: this.#ready.size })
    this.fill()
  }

  #refused({ message: reason, code, gone }: SessionRefused): void {
    this.#awaitGone(gone)
    this.#lastReason = reason
    if (this.#stopped !== undefined) return
    if (code !== undefined) this.#answered(false)
    this.#deps.onEvent({ kind: 'session_refused', sessions: this.#ready.size, reason, ...(code && { code }) })
    if (code !== undefined && HOPELESS_CODES.has(code)) return this.#alarm(reason, code)
    if (code === TOO_MANY_SESSIONS) this.#reduce()
    this.#pause()
  }

  #ended(session: Kept, reason: string, code?: number): void {
    const sinceMs = this.#ready.get(session)
    if (sinceMs === undefined) return
    this.#ready.delete(session)
    this.#awaitGone(session.gone)
    this.#lastReason = reason
    this.#deps.onEvent({ kind: 'session_ended', sessions: this.#ready.size, reason, ...(code && { code }) })
    if (this.#retiring.delete(session) || this.#stopped !== undefined) return this.#deps.onChange()
    if (code === AUTHENTICATION_ERROR) return this.#alarm(reason, code)
    if (this.#deps.clock.nowMs() - sinceMs >= SOUND_MS) this.#deps.pauses.reset()
    this.#pause()
  }

  #awaitGone(gone: Promise<void>): void {
    this.#leaving += 1
    void gone.then(() => this.#left(1))
  }

  #left(sessions: number): void {
    this.#leaving -= sessions
    this.fill()
  }

  #alarm(reason: string, code: number): void {
    this.#deps.onEvent({ kind: 'alarm', reason, code })
    this.stop(reason)
  }

  #pause(): void {
    this.#deps.onChange()
    if (this.#cancelRetry !== undefined) return
    this.#cancelRetry = this.#deps.clock.after(this.#deps.pauses.next(), () => {
      this.#cancelRetry = undefined
      this.fill()
    })
  }

  #reduce(): void {
    this.#target = Math.max(1, this.#ready.size)
    this.#deps.onEvent({ kind: 'sessions_reduced', target: this.#target })
    this.#cancelGrowth?.()
    this.#cancelGrowth = this.#deps.clock.after(GROW_MS, () => this.#grow())
  }

  #grow(): void {
    this.#cancelGrowth = undefined
    if (this.#target >= this.#deps.sessionsMax) return
    this.#target += 1
    this.#cancelGrowth = this.#deps.clock.after(GROW_MS, () => this.#grow())
    this.fill()
  }
}

/** How often a session that is to log out looks whether it is free. */
const LOOK_MS = 10

/**
 * Logs a session out as soon as it is free and the rate allows it; after `lateInMs` it ends without that. The caller sees
 * to it that nobody is given the session any more. Never rejects. RFC 5730 §2.9.1.2.
 */
export async function logOutWhenFree(
  session: Session,
  { desk, clock }: { readonly desk: Desk; readonly clock: Clock },
  lateInMs: number,
): Promise<void> {
  const late = Promise.withResolvers<undefined>()
  const cancel = clock.after(lateInMs, () => late.resolve(undefined))
  const untilMs = clock.nowMs() + lateInMs
  while (session.state !== 'closed' && !desk.isIdle(session) && clock.nowMs() < untilMs) {
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(LOOK_MS, resolve)
    await promise
  }
  const wanted = desk.permit().catch(() => undefined)
  const permit = await Promise.race([wanted, late.promise])
  cancel()
  if (permit === undefined) void wanted.then((unused: Permit | undefined) => unused?.giveBack())
  else await session.logOut(() => permit.sent())
  permit?.giveBack()
  session.end('there was no time to log out')
}
