import { Refusal } from './refusals.ts'

/** Who works in the console. A person may have several roles; what each may do is the one table below. */
export const roles = ['viewer', 'operator', 'finance', 'finance_approver', 'admin'] as const

export type Role = (typeof roles)[number]

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

export type Permission =
  | 'console:read'
  | 'money:read'
  | 'audit:read'
  | 'syncs:upload'
  | 'syncs:resolve'
  | 'schedules:override'
  | 'refunds:propose'
  | 'refunds:complete'
  | 'refunds:decide'
  | 'refunds:retry'
  | 'tasks:close'
  | 'targets:propose'
  | 'targets:decide'
  | 'proposals:decide'
  | 'transfers:record'
  | 'transfers:decide'
  | 'credit:set'
  | 'limits:set'
  | 'seller:set'
  | 'invoices:issue'
  | 'holds:set'
  | 'reconciliation:close'
  | 'alarms:close'
  | 'receivers:manage'
  | 'money:export'
  | 'invariants:prove'
  | 'staff:manage'
  | 'registries:set'
  | 'prices:set'
  | 'resellers:manage'
  | 'keys:revoke'

const everyone = roles

/**
 * Permission → the roles that have it. Whoever manages staff moves no money, and whoever moves money manages no staff; that a
 * proposer never decides their own refund is a rule of the refund, whatever the roles.
 */
export const permissionTable = {
  'console:read': everyone,
  // What customers have, owe and paid with.
  'money:read': ['operator', 'finance', 'finance_approver', 'admin'],
  'audit:read': everyone,
  'syncs:upload': ['operator', 'admin'],
  'syncs:resolve': ['operator', 'admin'],
  'schedules:override': ['operator', 'admin'],
  'refunds:propose': ['operator', 'finance', 'finance_approver'],
  // Alone, to the destination of rule 9, up to a limit per currency.
  'refunds:complete': ['finance'],
  'refunds:decide': ['finance_approver'],
  'refunds:retry': ['finance', 'finance_approver'],
  'tasks:close': ['finance', 'finance_approver'],
  // How a target ended that nothing decides: it earns money or gives it back.
  'targets:propose': ['operator'],
  'targets:decide': ['operator', 'finance_approver'],
  // Whoever may decide proposals of some kind; which kind, is asked when it is known.
  'proposals:decide': ['operator', 'finance_approver'],
  // Recording credits at once; taking it back needs another person.
  'transfers:record': ['finance', 'finance_approver'],
  'transfers:decide': ['finance_approver'],
  'credit:set': ['finance_approver'],
  // What finance refunds alone is not finance's to raise.
  'limits:set': ['finance_approver'],
  // What stands on every invoice, and the tax in it.
  'seller:set': ['finance_approver'],
  'invoices:issue': ['finance', 'finance_approver'],
  'holds:set': ['operator', 'finance_approver'],
  'reconciliation:close': ['finance', 'finance_approver'],
  // Whoever runs the service; what an alarm is about has rights of its own.
  'alarms:close': ['operator', 'admin'],
  // Who is told of alarms, by mail and webhook.
  'receivers:manage': ['operator', 'admin'],
  // All customers' money, to be taken away as a file.
  'money:export': ['finance', 'finance_approver'],
  'invariants:prove': ['operator', 'finance', 'finance_approver', 'admin'],
  'staff:manage': ['admin'],
  // Registries, our accounts there and their zones, and whether a zone takes orders.
  'registries:set': ['operator', 'admin'],
  // What customers pay, as who sells and what is refunded alone.
  'prices:set': ['finance_approver'],
  // Accounts of resellers and their keys: a key spends what its account has.
  'resellers:manage': ['admin'],
  // Whoever is awake when a key has leaked.
  'keys:revoke': ['operator', 'admin'],
} as const satisfies Record<Permission, readonly Role[]>

/** Whether any of the roles has the permission. */
export function may(held: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissionTable[permission]
  return held.some((role) => allowed.includes(role))
}

/** A console left open at lunch is closed after it. */
export const IDLE_SECONDS_MAX = 30 * 60

/** A working day; then the password is asked for again. */
export const SESSION_SECONDS_MAX = 12 * 60 * 60

/** Activity is noted no more often: a page with ten requests is one write. */
export const SEEN_SECONDS_MIN = 60

/** Sign-ins are counted and hashes are slow; what is left is that nobody uses a word. Characters. */
const PASSWORD_CHARACTERS_MIN = 12

/** Throws Refusal('password_too_short'); facts: `min`. */
export function requirePassword(password: string): void {
  if (password.length >= PASSWORD_CHARACTERS_MIN) return
  throw new Refusal('password_too_short', `A password has at least ${PASSWORD_CHARACTERS_MIN} characters.`, {
    min: PASSWORD_CHARACTERS_MIN,
  })
}

/** What sign-ins are counted by: where they come from, and the e-mail address they name, whether somebody has it or not. */
export type SignInScope = 'source' | 'address'

/**
 * Failures in a row that cost nothing: typing errors. A source may be an office of many people.
 */
export const freeFailures = { address: 5, source: 20 } as const satisfies Record<SignInScope, number>

/** The first pause; each further failure doubles it. */
const FIRST_PAUSE_MS = 30_000

/** No pause is longer: it also holds for a person who signs in on a device for the first time. */
export const PAUSE_MS_MAX = 15 * 60_000

/** Failures are forgotten so long after the last of them. Longer than any pause. */
export const FORGOTTEN_MS = 60 * 60_000

/** Wrong passwords in a row on a known device, after which it is a stranger's. */
export const DEVICE_FAILURES_MAX = 10

/** A device that was not used to sign in for so long is a stranger's. Seconds: 90 days. */
export const DEVICE_SECONDS_MAX = 90 * 24 * 60 * 60

/** Known devices of one person; a further one replaces the one that was not used for longest. */
export const DEVICES_MAX = 10

export type SignInCount = {
  readonly failures: number
  readonly pausedUntil: Date | null
  /** When the last failure was counted. */
  readonly countedAt: Date
}

/** The count with one failure more; undefined while it is paused, when nothing is tried and nothing is counted. */
export function countFailure(count: SignInCount, scope: SignInScope, now: Date): SignInCount | undefined {
  if (count.pausedUntil !== null && count.pausedUntil > now) return undefined
  const isForgotten = now.getTime() - count.countedAt.getTime() > FORGOTTEN_MS
  const failures = (isForgotten ? 0 : count.failures) + 1
  const pauseMs = pauseAfterMs(failures, freeFailures[scope])
  return {
    failures,
    pausedUntil: pauseMs === 0 ? null : new Date(now.getTime() + pauseMs),
    countedAt: now,
  }
}

/** How long nothing is tried after `failures` in a row. Milliseconds; 0 = at once. */
export function pauseAfterMs(failures: number, freeMax: number): number {
  if (failures < freeMax) return 0
  // Bounded before the power, so that no count of failures overflows.
  const doublings = Math.min(failures - freeMax, 10)
  return Math.min(FIRST_PAUSE_MS * 2 ** doublings, PAUSE_MS_MAX)
}
