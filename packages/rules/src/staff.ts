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
  | 'sources:manage'
  | 'schedules:override'
  | 'refunds:propose'
  | 'refunds:complete'
  | 'refunds:decide'
  | 'refunds:retry'
  | 'tasks:close'
  | 'targets:propose'
  | 'targets:decide'
  | 'names:withdraw'
  | 'withdrawals:decide'
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
  | 'months:propose'
  | 'months:decide'
  | 'goodwill:propose'
  | 'goodwill:decide'
  | 'reconciliation:start'
  | 'disputes:edit'
  | 'disputes:submit'
  | 'payouts:match'
  | 'invariants:prove'
  | 'staff:read'
  | 'staff:manage'
  | 'registries:set'
  | 'registries:stop'
  | 'prices:set'
  | 'resellers:manage'
  | 'keys:revoke'
  | 'webhooks:replay'

const everyone = roles

/**
 * Permission → the roles that have it. Roles that manage staff move no money, and roles that move money manage no staff. That nobody
 * decides their own proposal is a rule of refunds and proposals, whatever the roles.
 */
export const permissionTable = {
  'console:read': everyone,
  // What customers have, owe and paid with.
  'money:read': ['operator', 'finance', 'finance_approver', 'admin'],
  'audit:read': everyone,
  'syncs:upload': ['operator', 'admin'],
  'syncs:resolve': ['operator', 'admin'],
  // Where lists come from, and when they are late.
  'sources:manage': ['operator', 'admin'],
  'schedules:override': ['operator', 'admin'],
  'refunds:propose': ['operator', 'finance', 'finance_approver'],
  // By one person, to the destination of rule 9, within the single-approver limit.
  'refunds:complete': ['finance'],
  'refunds:decide': ['finance_approver'],
  'refunds:retry': ['finance', 'finance_approver'],
  'tasks:close': ['finance', 'finance_approver'],
  // The outcome of an undecided target, which earns or refunds money.
  'targets:propose': ['operator'],
  'targets:decide': ['operator', 'finance_approver'],
  // Withdrawing and blocking names; a name with a holder is proposed, and another person decides.
  'names:withdraw': ['operator', 'admin'],
  'withdrawals:decide': ['operator', 'finance_approver'],
  // Proposals of some kind; the kind's own permission is checked too.
  'proposals:decide': ['operator', 'finance_approver', 'admin'],
  // Recording credits at once; a reversal needs another person.
  'transfers:record': ['finance', 'finance_approver'],
  'transfers:decide': ['finance_approver'],
  'credit:set': ['finance_approver'],
  // Finance does not raise its own limits.
  'limits:set': ['finance_approver'],
  // The seller and the tax on every invoice.
  'seller:set': ['finance_approver'],
  'invoices:issue': ['finance', 'finance_approver'],
  'holds:set': ['operator', 'finance_approver'],
  'reconciliation:close': ['finance', 'finance_approver'],
  // What an alarm is about needs permissions of its own.
  'alarms:close': ['operator', 'admin'],
  // Who is notified of alarms, by mail and webhook.
  'receivers:manage': ['operator', 'admin'],
  // All customers' money, as a file.
  'money:export': ['finance', 'finance_approver'],
  // The close of a month of the books, after which nothing is posted in it.
  'months:propose': ['finance', 'finance_approver'],
  'months:decide': ['finance_approver'],
  // A credit that costs us money: always two people.
  'goodwill:propose': ['finance', 'finance_approver'],
  'goodwill:decide': ['finance_approver'],
  'reconciliation:start': ['finance', 'finance_approver'],
  // The draft of the answer to a dispute, and sending it, which happens once.
  'disputes:edit': ['finance', 'finance_approver'],
  'disputes:submit': ['finance', 'finance_approver'],
  // Which line of a bank statement a payout of the provider is.
  'payouts:match': ['finance', 'finance_approver'],
  'invariants:prove': ['operator', 'finance', 'finance_approver', 'admin'],
  'staff:read': ['admin'],
  'staff:manage': ['admin'],
  // Registries, our accounts there and their zones, and whether a zone takes orders.
  'registries:set': ['operator', 'admin'],
  // Stopping a registry loses names; while paid names are in their window it is proposed.
  'registries:stop': ['operator', 'admin'],
  // What customers pay.
  'prices:set': ['finance_approver'],
  // Accounts of resellers and their keys: a key spends what its account has.
  'resellers:manage': ['admin'],
  // A leaked key must be revoked at any hour.
  'keys:revoke': ['operator', 'admin'],
  // Sends what an endpoint of a reseller has not taken once more; its settings stay the reseller's.
  'webhooks:replay': ['operator', 'admin'],
} as const satisfies Record<Permission, readonly Role[]>

/** Whether any of the roles has the permission. */
export function may(held: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissionTable[permission]
  return held.some((role) => allowed.includes(role))
}

/** The roles that an identity provider may give. Who manages people is decided here, by people. */
export const mappableRoles = roles.filter((role) => role !== 'admin')

/** The roles after a sign-in at the identity provider: those that it gives, and admin where a person gave it by hand. In the order of `roles`. */
export function followedRoles(held: readonly Role[], mapped: readonly Role[]): readonly Role[] {
  return roles.filter((role) => (role === 'admin' ? held.includes(role) : mapped.includes(role)))
}

/**
 * What a stolen session must not do: it needs a proof of identity that is recent, beside the permission. Every use of these
 * permissions; and by what the terms say, the use cases, which call `requireProof`. Revoking a key and stopping a registry take
 * power away in an emergency, so they wait for nothing.
 */
export const stepUpTable = {
  permissions: [
    // Refunds above the single-approver limit, and the limit itself.
    'refunds:decide',
    'limits:set',
    'credit:set',
    'transfers:record',
    'transfers:decide',
    // Evidence for a bank, which is taken once.
    'disputes:submit',
    // People, accounts and keys.
    'staff:manage',
    'resellers:manage',
    // Outcomes and withdrawals that people decide.
    'targets:decide',
    'withdrawals:decide',
  ],
  useCases: ['zone_policy', 'schedule_of_many', 'registry_settings', 'own_access'],
} as const satisfies { readonly permissions: readonly Permission[]; readonly useCases: readonly string[] }

export type StepUpUseCase = (typeof stepUpTable)['useCases'][number]

/** Whether every use of the permission needs a recent proof. */
export function needsProof(permission: Permission): boolean {
  const listed: readonly Permission[] = stepUpTable.permissions
  return listed.includes(permission)
}

/** What a session may do: `proven` all that its roles may, `signed_in` the same except what needs a recent proof of identity. */
export type Standing = 'proven' | 'signed_in'

/** For so long a sign-in, or a later proof, counts as recent. Seconds. */
export const PROOF_SECONDS_DEFAULT = 10 * 60

/** What the installation requires of sessions. */
export type AccessPolicy = {
  readonly proofSeconds: number
  /** Roles whose people need a second factor. */
  readonly secondFactorRoles: readonly Role[]
}

/** Nobody needs a second factor. */
export const usualAccess: AccessPolicy = { proofSeconds: PROOF_SECONDS_DEFAULT, secondFactorRoles: [] }

export function standingOf(provenAt: Date, { proofSeconds }: AccessPolicy, now: Date): Standing {
  return now.getTime() - provenAt.getTime() < proofSeconds * 1_000 ? 'proven' : 'signed_in'
}

/** Whether one of the roles requires a second factor. */
export function needsSecondFactor(held: readonly Role[], { secondFactorRoles }: AccessPolicy): boolean {
  return held.some((role) => secondFactorRoles.includes(role))
}

/** Between the password and the code. Seconds: time to find the telephone. */
export const CHALLENGE_SECONDS_MAX = 5 * 60

/** Between asking the identity provider and its answer: people choose an account, type a password, find a telephone. Seconds. */
export const PROVIDER_SECONDS_MAX = 10 * 60

/** Codes for when the telephone is lost; each is used once. */
export const RECOVERY_CODES = 10

/** A link to choose a password: an invitation that is sent on a Friday still works after the weekend. Seconds: three days. */
export const LINK_SECONDS_MAX = 3 * 24 * 60 * 60

/** A console left open over lunch is signed out. */
export const IDLE_SECONDS_MAX = 30 * 60

/** A working day; then the person signs in again. */
export const SESSION_SECONDS_MAX = 12 * 60 * 60

/** Activity is written at most this often: a page with ten requests is one write. */
export const SEEN_SECONDS_MIN = 60

/** Attempts are limited and hashes slow, so length only has to rule out single words. Characters. */
const PASSWORD_CHARACTERS_MIN = 12

/** `isCommon`: by the list of the server. Throws Refusal: password_too_short (facts: `min`), password_too_common. */
export function requirePassword(password: string, isCommon: boolean): void {
  if (password.length < PASSWORD_CHARACTERS_MIN)
    throw new Refusal(
      'password_too_short',
      `A password has at least ${PASSWORD_CHARACTERS_MIN} characters.`,
      {
        min: PASSWORD_CHARACTERS_MIN,
      },
    )
  if (isCommon) throw passwordTooCommon()
}

export function passwordTooCommon(): Refusal {
  return new Refusal(
    'password_too_common',
    'This password is used, and so guessed, very often. Choose another one.',
  )
}

/** Sign-ins are counted by their source and by the e-mail address they name, known or not. */
export type SignInScope = 'source' | 'address'

/** Failures in a row without a pause, for typing errors. A source may be an office of many people. */
export const freeFailures = { address: 5, source: 20 } as const satisfies Record<SignInScope, number>

/** The first pause; each further failure doubles it. */
const FIRST_PAUSE_MS = 30_000

/** The longest pause: it also delays a person who signs in on a new device. */
export const PAUSE_MS_MAX = 15 * 60_000

/** Failures are forgotten this long after the last one. Longer than any pause. */
export const FORGOTTEN_MS = 60 * 60_000

/** Wrong passwords in a row, after which a device is no longer known. */
export const DEVICE_FAILURES_MAX = 10

/** A device is forgotten this long after its last sign-in. Seconds: 90 days. */
export const DEVICE_SECONDS_MAX = 90 * 24 * 60 * 60

/** Known devices of one person; a further one replaces the least recently used. */
export const DEVICES_MAX = 10

export type SignInCount = {
  readonly failures: number
  readonly pausedUntil: Date | null
  /** When the last failure was counted. */
  readonly countedAt: Date
}

/** The count with one more failure; undefined during a pause, when no attempt is made or counted. */
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

/** How long the pause is after `failures` in a row. Milliseconds; 0: none. */
export function pauseAfterMs(failures: number, freeMax: number): number {
  if (failures < freeMax) return 0
  // Bounded before the power, so that no count of failures overflows.
  const doublings = Math.min(failures - freeMax, 10)
  return Math.min(FIRST_PAUSE_MS * 2 ** doublings, PAUSE_MS_MAX)
}
