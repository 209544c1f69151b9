import type { Clock } from '../clock.ts'
import type { SessionState } from '../session/dialect.ts'
import { SessionRefused } from '../session/open.ts'
import type { Session } from '../session/session.ts'
import type { PoolEvent } from './answer.ts'
import type { Backoff } from './failures.ts'
import type { Permit } from './limits.ts'
import type { SlotQueue } from './slot-queue.ts'

/** Login refusals that a retry cannot change. Registries lock accounts for repeated ones. RFC 5730 §3. */
export const PERMANENT_CODES: ReadonlySet<number> = new Set([2100, 2102, 2103, 2200, 2307, 2501])

/** 2501: authentication failed, also during a session. */
const AUTHENTICATION_ERROR = 2501

/** 2502: session limit exceeded. */
const TOO_MANY_SESSIONS = 2502

/** After a 2502 one more session is tried every so often. */
const GROW_MS = 30_000

/**
 * The end of a session that lived at least this long resets the pauses: in a drop window every second with fewer sessions
 * counts. A registry that ends sessions sooner than this after the login is refusing us.
 */
const SOUND_MS = 1_000

/** The other logins wait this long at most for the first one, which includes password hashing and a registry far away. */
const ALONE_MS_MAX = 3_000

/** The parts of a session that the supervisor needs. */
export type SupervisedSession = { readonly state: SessionState; readonly gone: Promise<void> }

export type SessionSupervisorDeps<Supervised extends SupervisedSession> = {
  readonly clock: Clock
  /** The pauses between attempts. Their owner may continue with them after this supervisor. */
  readonly pauses: Backoff
  readonly sessionsMax: number
  open(
    onEnd: (session: Supervised, reason: string, code?: number) => void,
    signal: AbortSignal,
  ): Promise<Supervised>
  onEvent(event: PoolEvent): void
  onChange(): void
}

/**
 * Keeps as many sessions open as the account allows. The limit counts what the *registry* may still count as open: sessions
 * being opened, and closed ones until the close is confirmed or `closeMsMax` has passed.
 */
export class SessionSupervisor<Supervised extends SupervisedSession> {
  readonly #deps: SessionSupervisorDeps<Supervised>
  readonly #abort = new AbortController()
  /** Ready sessions, with the time from which each is ready. */
  readonly #ready = new Map<Supervised, number>()
  /** Sessions that we are ending. They are replaced without a pause. */
  readonly #retiring = new Set<Supervised>()
  #opening = 0
  #leaving = 0
  #target: number
  /** Whether the registry accepted our last login. Until then one login is tried alone, since registries count wrong passwords. */
  #proven = false
  #cancelAlone: (() => void) | undefined
  #cancelRetry: (() => void) | undefined
  #cancelGrowth: (() => void) | undefined
  #cancelInherited: (() => void) | undefined
  #stopped: string | undefined
  #lastReason = 'no session was opened yet'

  constructor(deps: SessionSupervisorDeps<Supervised>) {
    this.#deps = deps
    this.#target = deps.sessionsMax
  }

  get sessions(): Iterable<Supervised> {
    return this.#ready.keys()
  }

  /** Sessions that the registry may count as open: never more than `sessionsMax`. */
  get counted(): { readonly ready: number; readonly opening: number; readonly leaving: number } {
    return { ready: this.#ready.size, opening: this.#opening, leaving: this.#leaving }
  }

  /** Why no session is opened any more. */
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

  /** Marks a session that we are ending, so that another is opened without a pause. */
  retiring(session: Supervised): void {
    this.#retiring.add(session)
  }

  fill(): void {
    if (this.#stopped !== undefined || this.#cancelRetry !== undefined) return
    while (this.#ready.size + this.#opening + this.#leaving < this.#target) {
      if (!this.#proven && this.#opening > 0) return this.#waitForFirst()
      void this.#open()
    }
  }

  /** A first login that hangs must not block the others. */
  #waitForFirst(): void {
    this.#cancelAlone ??= this.#deps.clock.after(ALONE_MS_MAX, () => {
      this.#proven = true
      this.fill()
    })
  }

  #loginAnswered(accepted: boolean): void {
    this.#proven = accepted
    this.#cancelAlone?.()
    this.#cancelAlone = undefined
  }

  /** Opens no more sessions and abandons those being opened. */
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

  #joined(session: Supervised): void {
    // It may have ended between its login and now, before it was in the list of ready sessions.
    if (session.state === 'closed')
      return this.#refused(new SessionRefused('it ended after login', session.gone))
    this.#ready.set(session, this.#deps.clock.nowMs())
    this.#target = Math.max(this.#target, this.#ready.size)
    this.#loginAnswered(true)
    this.#deps.onEvent({ kind: 'session_ready', sessions: this.#ready.size })
    this.fill()
  }

  #refused({ message: reason, code, gone }: SessionRefused): void {
    this.#awaitGone(gone)
    this.#lastReason = reason
    if (this.#stopped !== undefined) return
    if (code !== undefined) this.#loginAnswered(false)
    this.#deps.onEvent({ kind: 'session_refused', sessions: this.#ready.size, reason, ...(code && { code }) })
    if (code !== undefined && PERMANENT_CODES.has(code)) return this.#alarm(reason, code)
    if (code === TOO_MANY_SESSIONS) this.#reduce()
    this.#pause()
  }

  #ended(session: Supervised, reason: string, code?: number): void {
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

/** How often to check whether a session is free for its logout. */
const CHECK_MS = 10

/**
 * Logs a session out as soon as it is free and the rate allows it. After `lateInMs` it ends without a logout. The caller makes
 * sure that the session is not used any more. Never rejects. RFC 5730 §2.9.1.2.
 */
export async function logOutWhenFree(
  session: Session,
  { slotQueue, clock }: { readonly slotQueue: SlotQueue; readonly clock: Clock },
  lateInMs: number,
): Promise<void> {
  const late = Promise.withResolvers<undefined>()
  const cancel = clock.after(lateInMs, () => late.resolve(undefined))
  const untilMs = clock.nowMs() + lateInMs
  while (session.state !== 'closed' && !slotQueue.isIdle(session) && clock.nowMs() < untilMs) {
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(CHECK_MS, resolve)
    await promise
  }
  const wanted = slotQueue.permit().catch(() => undefined)
  const permit = await Promise.race([wanted, late.promise])
  cancel()
  if (permit === undefined) void wanted.then((unused: Permit | undefined) => unused?.giveBack())
  else await session.logOut(() => permit.sent())
  permit?.giveBack()
  session.end('there was no time to log out')
}
