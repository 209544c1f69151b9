import type { Clock } from '../clock.ts'
import type { SessionLife } from './limits.ts'

/** How much earlier than the registry we consider a session over: the registry began to count before us, at most a login earlier. */
const MARGIN_MS = 60_000

/** The margin is at most this share of the life: a life of minutes would otherwise be over at once. */
const MARGIN_SHARE_MAX = 0.1

/** When to replace a session without a rule: at nine tenths of its life, so that all can be replaced one after another. */
const REPLACE_AT_SHARE = 0.9

/** A session with this share of its life left counts as new, however long the window is. */
const NEW_SHARE = 0.8

/** How long one replacement may take before the next one begins: logout, connect, login, some back-off. */
const REPLACE_MS_MAX = 30_000

/** How often to check whether a replacement is done. */
const CHECK_MS = 20

/** One command is reserved for the logout. */
const COMMANDS_KEPT = 1

/** The parts of a session that rotation needs. */
type Aging = { readonly loggedInAtMs: number; readonly commands: number; readonly state: string }

type SessionRotationDeps<Session extends Aging> = {
  readonly clock: Clock
  readonly life: SessionLife
  /** The most commands a second that one session can get. */
  readonly commandsPerSecondMax: number
  sessions(): Iterable<Session>
  /** Sessions that are being opened or closed. */
  moving(): number
  stopped(): boolean
  /** Logs out as soon as the session is free. The supervisor opens another one. */
  retire(session: Session): Promise<void>
}

/** Replaces sessions, one at a time, before the registry ends them for their age or number of commands; not within a drop's window. */
export class SessionRotation<Session extends Aging> {
  readonly #deps: SessionRotationDeps<Session>
  readonly #leaving = new WeakSet<Session>()
  #quietUntilMs = -Infinity
  #working: Promise<void> | undefined

  constructor(deps: SessionRotationDeps<Session>) {
    this.#deps = deps
  }

  /** False for a session whose life is over, or so near its end that only a logout is possible. */
  mayServe(session: Session, reserved: number): boolean {
    if (this.#leaving.has(session)) return false
    const { endsAfterCommands = Infinity } = this.#deps.life
    return session.commands + reserved < endsAfterCommands - COMMANDS_KEPT && this.#ageLeftMs(session) > 0
  }

  /** Begins to replace what is due, unless a replacement is in progress. To be called periodically. */
  check(): void {
    if (this.#working !== undefined) return
    const due = this.#due()
    if (due.length > 0) this.#begin(due)
  }

  /**
   * Replaces now the sessions that would run out before `windowEndsAtMs` (monotonic). Until then only sessions that do not
   * last that long are replaced. Resolves when every session that could be replaced is.
   */
  async prepareFor(windowEndsAtMs: number): Promise<void> {
    await this.#working
    const due = [...this.#deps.sessions()].filter((session) => this.#runsOut(session, windowEndsAtMs))
    this.#quietUntilMs = windowEndsAtMs
    if (due.length > 0) await this.#begin(due)
  }

  #begin(due: readonly Session[]): Promise<void> {
    this.#working = this.#replaceAll(due).finally(() => {
      this.#working = undefined
    })
    return this.#working
  }

  async #replaceAll(due: readonly Session[]): Promise<void> {
    for (const session of due) {
      if (this.#deps.stopped()) return
      if (session.state === 'closed') continue
      this.#leaving.add(session)
      await this.#deps.retire(session)
      await this.#replaced()
    }
  }

  /** Resolves when no session is being opened or closed any more, or when that takes too long. */
  async #replaced(): Promise<void> {
    const { clock, moving, stopped } = this.#deps
    const untilMs = clock.nowMs() + REPLACE_MS_MAX
    while (moving() > 0 && !stopped() && clock.nowMs() < untilMs) {
      const { promise, resolve } = Promise.withResolvers<void>()
      clock.after(CHECK_MS, resolve)
      await promise
    }
  }

  /** The sessions to replace, oldest first. */
  #due(): readonly Session[] {
    return [...this.#deps.sessions()]
      .filter((session) => !this.#leaving.has(session))
      .filter((session) => !this.mayServe(session, 0) || (this.#isOld(session) && !this.#mayStay(session)))
      .toSorted((a, b) => a.loggedInAtMs - b.loggedInAtMs)
  }

  /** Within a window a session stays if it lasts until the end. */
  #mayStay(session: Session): boolean {
    return this.#deps.clock.nowMs() < this.#quietUntilMs && !this.#runsOut(session, this.#quietUntilMs)
  }

  #isOld(session: Session): boolean {
    const { endsAfterMs = Infinity, endsAfterCommands = Infinity } = this.#deps.life
    const { replaceAfterMs = endsAfterMs * REPLACE_AT_SHARE } = this.#deps.life
    const { replaceAfterCommands = endsAfterCommands * REPLACE_AT_SHARE } = this.#deps.life
    const ageMs = this.#deps.clock.nowMs() - session.loggedInAtMs
    return ageMs >= replaceAfterMs || session.commands >= replaceAfterCommands
  }

  #ageLeftMs(session: Session): number {
    const { endsAfterMs = Infinity } = this.#deps.life
    const marginMs = Math.min(MARGIN_MS, endsAfterMs * MARGIN_SHARE_MAX)
    return session.loggedInAtMs + endsAfterMs - marginMs - this.#deps.clock.nowMs()
  }

  /** Whether a session's life ends before the window does. A session that is nearly new is kept: another would be no better. */
  #runsOut(session: Session, windowEndsAtMs: number): boolean {
    const { clock, life, commandsPerSecondMax } = this.#deps
    const { endsAfterCommands = Infinity, endsAfterMs = Infinity } = life
    const windowMs = Math.max(0, windowEndsAtMs - clock.nowMs())
    if (this.#ageLeftMs(session) <= Math.min(windowMs, endsAfterMs * NEW_SHARE)) return true
    const wanted = Math.min((windowMs / 1_000) * commandsPerSecondMax, endsAfterCommands * NEW_SHARE)
    return session.commands + wanted > endsAfterCommands - COMMANDS_KEPT
  }
}
