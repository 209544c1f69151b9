import type { Message, Operation } from './records.ts'
import type { Limits, RegistrySettings } from './settings.ts'

/** A registrar at the registry: its limits, what it uses of them, and every time it crossed one. */
export type Account = {
  readonly clid: string
  /** Changed by a login with a new one. */
  password: string
  readonly limits: Limits
  /** Set while the registry has locked the account. */
  lock: Lock | undefined
  /** All that was paid in. Absent: no end of it. Minor units. */
  depositMinor: number | undefined
  spentMinor: number
  /** What it was charged, by operation and price class. */
  readonly charged: Map<string, Charged>
  /** What it used so far, where each clTRID serves once; in the order of use. */
  readonly clTRIDs: Set<string>
  readonly sessions: Set<string>
  /** Times of the commands admitted in the last second and minute, oldest first. */
  readonly recent: number[]
  readonly recentMinute: number[]
  /** Times of the failures of the last 24 h that count against the budget, oldest first. */
  readonly failedCreates: number[]
  createsBlockedUntilMs: number
  /** What it did to each name recentUse, where the registry watches checks; in the order of use. */
  readonly recentUse: Map<string, RecentUse>
  /** Service messages, oldest first, and how many were dropped because they were not acknowledged. */
  readonly messages: Message[]
  messagesLost: number
  readonly violations: Violations
  readonly used: {
    commands: number
    creates: number
    infos: number
    sessionsPeak: number
    commandsPerSecondPeak: number
  }
}

/**
 * A locked account runs no command. `logins`: how many logins were refused for it; clients are expected to stop, since registries
 * take repetitions for an attack.
 */
type Lock = LockCodes & { logins: number }

/** The answer to a login, and to the next command of each open session, which ends with it (RFC 5730 §3). */
type LockCodes = { readonly loginCode: 2200 | 2501; readonly sessionCode: 2501 | 2502 }

/** A sum of debits and credits; `minor` is what remains of them. */
type Charged = {
  readonly operation: Operation
  /** `standard`, or the premium tier. */
  readonly class: string
  count: number
  minor: number
}

export type RecentUse = { readonly checks: number[]; createdMs: number }

/** How often each limit was crossed. */
export type Violations = {
  /** Logins beyond the sessions allowed. */
  sessions: number
  /** Commands beyond the second's or the minute's. */
  rate: number
  failedCreates: number
  /** Wrong passwords. */
  login: number
  /** Sessions that the registry ended for silence, age, or number of commands. */
  idle: number
  sessionLife: number
  sessionCommands: number
  /** Commands sent while the session was blocked after an error. */
  blocked: number
  earlyTransforms: number
  /** Checks of a name too often, or straight after a create of it. */
  checks: number
  /** Logins and commands outside the opening hours. */
  closedHours: number
  /** Creates at the everyday host. */
  createsElsewhere: number
  /** Documents that the published schemas refuse. */
  invalid: number
  infoOfOthers: number
  repeatedClTRIDs: number
  /** Creates without a contact that the registry requires. */
  incompleteCreates: number
  /** DNSSEC updates without the `urgent` that the registry requires. */
  incompleteUpdates: number
}

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The clTRIDs to remember: at most 64 characters each, so about 100 MB. Older ones are dropped. */
const CLTRIDS_MAX = 1_000_000

export function makeAccount(settings: RegistrySettings['accounts'][number]): Account {
  return {
    clid: settings.clid,
    password: settings.password,
    limits: settings.limits,
    lock: undefined,
    depositMinor: settings.depositMinor,
    spentMinor: 0,
    charged: new Map(),
    clTRIDs: new Set(),
    sessions: new Set(),
    recent: [],
    recentMinute: [],
    failedCreates: [],
    createsBlockedUntilMs: Number.NEGATIVE_INFINITY,
    recentUse: new Map(),
    messages: [],
    messagesLost: 0,
    violations: {
      sessions: 0,
      rate: 0,
      failedCreates: 0,
      login: 0,
      idle: 0,
      sessionLife: 0,
      sessionCommands: 0,
      blocked: 0,
      earlyTransforms: 0,
      checks: 0,
      closedHours: 0,
      createsElsewhere: 0,
      invalid: 0,
      infoOfOthers: 0,
      repeatedClTRIDs: 0,
      incompleteCreates: 0,
      incompleteUpdates: 0,
    },
    used: { commands: 0, creates: 0, infos: 0, sessionsPeak: 0, commandsPerSecondPeak: 0 },
  }
}

/** Drops the times that have left a window of `windowMs` ending now; the window is half-open, (now − window, now]. */
export function slide(times: number[], nowMs: number, windowMs: number): void {
  let gone = 0
  while (gone < times.length && (times[gone] ?? nowMs) <= nowMs - windowMs) gone += 1
  if (gone > 0) times.splice(0, gone)
}

/** Locks the account with these answers, or again with others. */
export function lockAccount(account: Account, codes: LockCodes): void {
  account.lock = { ...codes, logins: 0 }
}

/** Why a locked account is refused. */
export const LOCKED = 'The account is locked'

/** Whether one more session may log in. Adds it, or counts the violation. */
export function admitSession(account: Account, sessionId: string): boolean {
  if (account.sessions.size >= account.limits.sessionsMax) {
    account.violations.sessions += 1
    return false
  }
  account.sessions.add(sessionId)
  account.used.sessionsPeak = Math.max(account.used.sessionsPeak, account.sessions.size)
  return true
}

/** Whether the account uses this clTRID for the first time. Records it, or counts the violation. */
export function admitClTRID(account: Account, clTRID: string | undefined): boolean {
  if (clTRID === undefined) return true
  if (account.clTRIDs.has(clTRID)) {
    account.violations.repeatedClTRIDs += 1
    return false
  }
  account.clTRIDs.add(clTRID)
  const [oldest] = account.clTRIDs
  if (account.clTRIDs.size > CLTRIDS_MAX && oldest !== undefined) account.clTRIDs.delete(oldest)
  return true
}

/** Whether one more command may run in this second and minute, over all sessions. Counts it, or the violation. */
export function admitCommand(account: Account, nowMs: number): boolean {
  const { commandsPerSecondMax, commandsPerMinuteMax } = account.limits
  slide(account.recent, nowMs, SECOND_MS)
  slide(account.recentMinute, nowMs, MINUTE_MS)
  const fullMinute = commandsPerMinuteMax !== undefined && account.recentMinute.length >= commandsPerMinuteMax
  if (fullMinute || account.recent.length >= commandsPerSecondMax) {
    account.violations.rate += 1
    return false
  }
  account.recent.push(nowMs)
  if (commandsPerMinuteMax !== undefined) account.recentMinute.push(nowMs)
  account.used.commands += 1
  account.used.commandsPerSecondPeak = Math.max(account.used.commandsPerSecondPeak, account.recent.length)
  return true
}

/** Whether the budget of failures allows another create. Counts the violation if not. */
export function admitCreate(account: Account, nowMs: number): boolean {
  const budget = account.limits.failedCreatesPerDayMax
  account.used.creates += 1
  if (budget === undefined) return true
  slide(account.failedCreates, nowMs, DAY_MS)
  if (account.failedCreates.length < budget && nowMs >= account.createsBlockedUntilMs) return true
  account.violations.failedCreates += 1
  return false
}

/** Counts a failure against the budget, if there is one. The last one blocks creates for `blockedMs`. */
export function chargeFailure(account: Account, nowMs: number, blockedMs = 0): void {
  const budget = account.limits.failedCreatesPerDayMax
  if (budget === undefined) return
  slide(account.failedCreates, nowMs, DAY_MS)
  account.failedCreates.push(nowMs)
  if (account.failedCreates.length === budget && blockedMs > 0)
    account.createsBlockedUntilMs = nowMs + blockedMs
}
