/** The published rules of a registry. It counts by its own clock, when a command has arrived. */
export type Rules = {
  readonly sessions: number
  readonly perSecond?: number
  readonly perMinute?: number
  readonly idleMs: number
  readonly sessionAgeMs?: number
  readonly sessionCommands?: number
  /** Between two creates on one connection. */
  readonly createGapMs?: number
  /** Between two commands about one name. */
  readonly nameGapMs?: number
  /** At most so many checks of a name within so long. */
  readonly checksOfName?: { readonly most: number; readonly withinMs: number }
  readonly loginPauseMs?: number
  readonly errorBlockMs?: number
  readonly failuresPerDay?: number
  /** How long a refusal takes. */
  readonly refusalMs?: number
}

/** The registry's data of one session. */
export type SessionRecord = {
  readonly sinceMs: number
  loggedInAtMs: number
  commands: number
  lastMs: number
  lastCreateMs: number
  blockedUntilMs: number
}

const DAY_MS = 86_400_000

/** Counts violations of the rules. */
export class RuleCounter {
  readonly violations = new Map<string, number>()
  readonly #rules: Rules
  readonly #nowMs: () => number
  readonly #arrivedMs: number[] = []
  readonly #failedMs: number[] = []
  readonly #checkedMs = new Map<string, number[]>()
  readonly #touchedMs = new Map<string, number>()

  constructor(rules: Rules, nowMs: () => number) {
    this.#rules = rules
    this.#nowMs = nowMs
  }

  violate(rule: string): void {
    this.violations.set(rule, (this.violations.get(rule) ?? 0) + 1)
  }

  sessions(open: number): void {
    this.#require(open <= this.#rules.sessions, 'sessions')
  }

  arrival(): void {
    const { perSecond = Infinity, perMinute = Infinity } = this.#rules
    this.#arrivedMs.push(this.#nowMs())
    this.#require(this.#within(this.#arrivedMs, 1_000) <= perSecond, 'commands per second')
    this.#require(this.#within(this.#arrivedMs, 60_000) <= perMinute, 'commands per minute')
    if (this.#arrivedMs.length > 20_000) this.#arrivedMs.splice(0, 10_000)
  }

  failure(): void {
    const { failuresPerDay } = this.#rules
    if (failuresPerDay === undefined) return
    this.#failedMs.push(this.#nowMs())
    this.#require(this.#within(this.#failedMs, DAY_MS) <= failuresPerDay, 'failures a day')
  }

  name(name: string, verb: string): void {
    const { nameGapMs = 0, checksOfName } = this.#rules
    this.#require(this.#nowMs() - (this.#touchedMs.get(name) ?? -Infinity) >= nameGapMs, 'gap of a name')
    this.#touchedMs.set(name, this.#nowMs())
    if (verb !== 'check' || checksOfName === undefined) return
    const times = this.#checkedMs.get(name) ?? []
    times.push(this.#nowMs())
    this.#checkedMs.set(name, times)
    this.#require(this.#within(times, checksOfName.withinMs) <= checksOfName.most, 'checks of a name')
  }

  /** Whether the session has used up its commands. */
  session(sessionRecord: SessionRecord, verb: string): boolean {
    const nowMs = this.#nowMs()
    const { loginPauseMs = 0, createGapMs = 0, sessionCommands = Infinity } = this.#rules
    sessionRecord.commands += 1
    sessionRecord.lastMs = nowMs
    this.#require(nowMs >= sessionRecord.blockedUntilMs, 'a blocked session')
    if (verb !== 'login')
      this.#require(nowMs - sessionRecord.loggedInAtMs >= loginPauseMs, 'rest after login')
    if (verb === 'create') {
      this.#require(nowMs - sessionRecord.lastCreateMs >= createGapMs, 'gap between creates')
      sessionRecord.lastCreateMs = nowMs
    }
    return sessionRecord.commands > sessionCommands
  }

  /** Why the registry ends the session now, if it does. */
  outlived({ lastMs, sinceMs }: SessionRecord): string | undefined {
    if (this.#nowMs() - lastMs > this.#rules.idleMs) return 'idle time'
    return this.#nowMs() - sinceMs > (this.#rules.sessionAgeMs ?? Infinity) ? 'age of a session' : undefined
  }

  #require(holds: boolean, rule: string): void {
    if (!holds) this.violate(rule)
  }

  #within(times: readonly number[], lengthMs: number): number {
    const sinceMs = this.#nowMs() - lengthMs
    return times.length - 1 - times.findLastIndex((atMs) => atMs <= sinceMs)
  }
}
