import type { Limits, RegistrySettings } from './settings.ts'

/** A registrar at the registry: its limits, what it uses of them, and every time it crossed one. */
export type Account = {
  readonly clid: string
  readonly password: string
  readonly limits: Limits
  readonly sessions: Set<string>
  /** Times of the commands admitted in the last second, oldest first. */
  readonly recent: number[]
  /** Times of the creates of the last 24 h that were not answered 1000, oldest first. */
  readonly failedCreates: number[]
  readonly violations: Violations
  readonly used: { commands: number; creates: number; sessionsPeak: number; commandsPerSecondPeak: number }
}

/** How often each limit was crossed. `login` counts wrong passwords, `idle` sessions closed for silence. */
export type Violations = {
  sessions: number
  rate: number
  failedCreates: number
  login: number
  idle: number
}

const SECOND_MS = 1000
const DAY_MS = 86_400_000

export function makeAccount(settings: RegistrySettings['accounts'][number]): Account {
  return {
    clid: settings.clid,
    password: settings.password,
    limits: settings.limits,
    sessions: new Set(),
    recent: [],
    failedCreates: [],
    violations: { sessions: 0, rate: 0, failedCreates: 0, login: 0, idle: 0 },
    used: { commands: 0, creates: 0, sessionsPeak: 0, commandsPerSecondPeak: 0 },
  }
}

/** Drops the times that have left a window of `windowMs` ending now; the window is half-open, (now − window, now]. */
function slide(times: number[], nowMs: number, windowMs: number): void {
  let gone = 0
  while (gone < times.length && (times[gone] ?? nowMs) <= nowMs - windowMs) gone += 1
  if (gone > 0) times.splice(0, gone)
}

/** Whether one more session may be logged in; takes it, or counts the violation. */
export function admitSession(account: Account, sessionId: string): boolean {
  if (account.sessions.size >= account.limits.sessionsMax) {
    account.violations.sessions += 1
    return false
  }
  account.sessions.add(sessionId)
  account.used.sessionsPeak = Math.max(account.used.sessionsPeak, account.sessions.size)
  return true
}

/** Whether one more command may run in this second, over all sessions; counts it, or the violation. */
export function admitCommand(account: Account, nowMs: number): boolean {
  slide(account.recent, nowMs, SECOND_MS)
  if (account.recent.length >= account.limits.commandsPerSecondMax) {
    account.violations.rate += 1
    return false
  }
  account.recent.push(nowMs)
  account.used.commands += 1
  account.used.commandsPerSecondPeak = Math.max(account.used.commandsPerSecondPeak, account.recent.length)
  return true
}

/** Whether the budget of failed creates allows another create; counts the violation when it does not. */
export function admitCreate(account: Account, nowMs: number): boolean {
  const budget = account.limits.failedCreatesPerDayMax
  account.used.creates += 1
  if (budget === undefined) return true
  slide(account.failedCreates, nowMs, DAY_MS)
  if (account.failedCreates.length < budget) return true
  account.violations.failedCreates += 1
  return false
}

/** Charges a create that was not answered 1000 against the budget, if there is one. */
export function chargeFailedCreate(account: Account, nowMs: number): void {
  if (account.limits.failedCreatesPerDayMax !== undefined) account.failedCreates.push(nowMs)
}
