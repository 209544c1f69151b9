import type { Clock } from '../clock.ts'
import type { SessionLife } from './limits.ts'

/** How much earlier than the registry we take a session for over: its clock began before ours, by a login at most. */
const MARGIN_MS = 60_000

/** A share of the age at most: lives of minutes would otherwise be over at once. */
const MARGIN_SHARE_MAX = 0.1

/** Where no rule says when to replace: at nine tenths of the life, so that all can be replaced one after the other. */
const REPLACE_AT_SHARE = 0.9

/** A session that has so much of its life before it is as good as a new one, however long the window. */
const NEW_SHARE = 0.8

/** How long one replacement may take until the next one is begun: log out, connect, log in, some back-off. */
const REPLACE_MS_MAX = 30_000

/** How often a replacement looks whether it is done. */
const LOOK_MS = 20

/** One command is left for the logout. */
const COMMANDS_KEPT = 1

/** As much of a session as is needed here. */
type Aging = { readonly loggedInAtMs: number; readonly commands: number; readonly state: string }

type ReliefDeps<Session extends Aging> = {
  readonly clock: Clock
  readonly life: SessionLife
  /** At most so many commands a second can a session be given. */
  readonly commandsPerSecondMax: number
  sessions(): Iterable<Session>
  /** Sessions that are being opened or closed. */
  moving(): number
  stopped(): boolean
  /** Logs out as soon as the session is free. The crew fills its place. */
  retire(session: Session): Promise<void>
}

/** Replaces sessions before the registry ends them, by age and by commands, one at a time, and not within a drop's window. */
export class Relief<Session extends Aging> {
  readonly #deps: ReliefDeps<Session>
  readonly #leaving = new WeakSet<Session>()
  #quietUntilMs = -Infinity
  #working: Promise<void> | undefined

  constructor(deps: ReliefDeps<Session>) {
    this.#deps = deps
  }

  /** False for a session whose life is over, or so near its end that only its logout fits. */
  mayServe(session: Session, reserved: number): boolean {
    if (this.#leaving.has(session)) return false
    const { endsAfterCommands = Infinity } = this.#deps.life
    return session.commands + reserved < endsAfterCommands - COMMANDS_KEPT && this.#ageLeftMs(session) > 0
  }

  /** Replaces what is due, unless that is under way. To be called from time to time. */
  look(): void {
    if (this.#working !== undefined) return
    const due = this.#due()
    if (due.length > 0) this.#begin(due)
  }

  /**
   * Replaces now what would run out before `windowEndsAtMs` (monotonic), and until then nothing more but what does not last
   * till then all the same. Resolves when all that could be replaced is.
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
      await this.#settled()
    }
  }

  /** The crew is full again, or has had its time. */
  async #settled(): Promise<void> {
    const { clock, moving, stopped } = this.#deps
    const untilMs = clock.nowMs() + REPLACE_MS_MAX
    while (moving() > 0 && !stopped() && clock.nowMs() < untilMs) {
      const { promise, resolve } = Promise.withResolvers<void>()
      clock.after(LOOK_MS, resolve)
      await promise
    }
  }

  /** Oldest first. */
  #due(): readonly Session[] {
    return [...this.#deps.sessions()]
      .filter((session) => !this.#leaving.has(session))
      .filter((session) => !this.mayServe(session, 0) || (this.#isOld(session) && !this.#mayStay(session)))
      .toSorted((a, b) => a.loggedInAtMs - b.loggedInAtMs)
  }

  /** Within a window, what lasts until its end. */
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

  /** Whether a session's life is over before the window is. One that is nearly new is left: another would be no better. */
  #runsOut(session: Session, windowEndsAtMs: number): boolean {
    const { clock, life, commandsPerSecondMax } = this.#deps
    const { endsAfterCommands = Infinity, endsAfterMs = Infinity } = life
    const windowMs = Math.max(0, windowEndsAtMs - clock.nowMs())
    if (this.#ageLeftMs(session) <= Math.min(windowMs, endsAfterMs * NEW_SHARE)) return true
    const wanted = Math.min((windowMs / 1_000) * commandsPerSecondMax, endsAfterCommands * NEW_SHARE)
    return session.commands + wanted > endsAfterCommands - COMMANDS_KEPT
  }
}
