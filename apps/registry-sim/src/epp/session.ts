import { between, stream } from '../random.ts'
import type { Account } from '../registry/account.ts'
import { isOpen, type Registry } from '../registry/registry.ts'

/** The host that a connection uses: `any` if the registry has only one. */
export type HostRole = 'any' | 'everyday' | 'drop'

/** One connection's state. `account` is set between login and its end. Times are epoch ms, registry clock. */
export type Session = {
  readonly id: string
  readonly registry: Registry
  readonly hostRole: HostRole
  account: Account | undefined
  objects: ReadonlySet<string>
  extensions: ReadonlySet<string>
  failedLogins: number
  loggedInAtMs: number
  /** Commands since the login, and after how many the registry ends the session. */
  commands: number
  readonly commandsMax: number
  /** No command runs before these instants; commands that arrive earlier wait. During a block they also count as violations. */
  pausedUntilMs: number
  blockedUntilMs: number
  /** The earliest instant of the next transform. */
  transformDueMs: number
}

/** When a command runs, and its transaction ids. */
export type Moment = { readonly nowMs: number; readonly clTRID: string | undefined; readonly svTRID: string }

function drawCommandsMax(id: string, registry: Registry): number {
  const range = registry.settings.sessionCommands
  if (!range) return Number.POSITIVE_INFINITY
  return between(stream(registry.seed, registry.settings.id, 'session', id), range.min, range.max)
}

export function openSession(id: string, registry: Registry, hostRole: HostRole = 'any'): Session {
  return {
    id,
    registry,
    hostRole,
    account: undefined,
    objects: new Set(),
    extensions: new Set(),
    failedLogins: 0,
    loggedInAtMs: Number.POSITIVE_INFINITY,
    commands: 0,
    commandsMax: drawCommandsMax(id, registry),
    pausedUntilMs: Number.NEGATIVE_INFINITY,
    blockedUntilMs: Number.NEGATIVE_INFINITY,
    transformDueMs: Number.NEGATIVE_INFINITY,
  }
}

/** Gives the session's place back to its account. Safe to call again. */
export function endSession(session: Session): void {
  session.account?.sessions.delete(session.id)
  session.account = undefined
}

/** Whether a session is allowed at this hour. If the drop has a separate host, the hours apply to that one only. */
export function isOpenTo({ registry, hostRole }: Session, nowMs: number): boolean {
  return hostRole === 'everyday' || isOpen(registry, nowMs)
}

/** Records that a command has arrived: during a block that is a violation. */
export function noteArrival({ account, blockedUntilMs }: Session, nowMs: number): void {
  if (account && nowMs < blockedUntilMs) account.violations.blocked += 1
}

/** How long the next command waits before it is run. */
export function waitMs({ pausedUntilMs, blockedUntilMs }: Session, nowMs: number): number {
  return Math.max(0, pausedUntilMs - nowMs, blockedUntilMs - nowMs)
}

/** Ends the wait, also when a test's clock stands still. */
export function endWait(session: Session): void {
  session.pausedUntilMs = Number.NEGATIVE_INFINITY
  session.blockedUntilMs = Number.NEGATIVE_INFINITY
}
