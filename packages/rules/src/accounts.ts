import { Refusal } from './refusals.ts'

/** What an API key may do, with its own account's data only. */
export const scopes = [
  'listings:read',
  'backorders:read',
  'backorders:write',
  'registrations:read',
  'registrations:write',
  'contacts:read',
  'contacts:write',
  'balance:read',
  'invoices:read',
  'invoices:write',
  'events:read',
  'webhooks:manage',
  'keys:manage',
] as const

export type Scope = (typeof scopes)[number]

export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text)
}

/** More unpaid holds at once than this is squatting. */
const HOLDS_MAX = 1_000

export type HoldLimits = {
  /** Open at once until the account's first paid order. */
  readonly beforePaid: number
  /** Open at once from then on. */
  readonly afterPaid: number
}

/** Throws Refusal('hold_limits_out_of_range'): each is a whole number from 1, and paying for an order never lowers it. */
export function decideHoldLimits({ beforePaid, afterPaid }: HoldLimits): void {
  const areWhole = Number.isSafeInteger(beforePaid) && Number.isSafeInteger(afterPaid)
  if (areWhole && beforePaid >= 1 && beforePaid <= afterPaid && afterPaid <= HOLDS_MAX) return
  throw new Refusal(
    'hold_limits_out_of_range',
    'Hold limits are from 1, and no lower after the first paid order.',
    {
      min: 1,
      max: HOLDS_MAX,
    },
  )
}

/** More names than a person or a program follows one by one. */
export const WATCHES_MAX = 100_000

/** Throws Refusal('watch_limit_out_of_range'): a whole number from 1. */
export function decideWatchLimit(watchesMax: number): void {
  if (Number.isSafeInteger(watchesMax) && watchesMax >= 1 && watchesMax <= WATCHES_MAX) return
  const facts = { min: 1, max: WATCHES_MAX }
  throw new Refusal('watch_limit_out_of_range', 'A watch limit is a whole number of names.', facts)
}

export const accountStates = ['open', 'suspended', 'closed'] as const

export type AccountState = (typeof accountStates)[number]

/** A suspended account can be resumed; a closed one has ended. In both all keys are refused. */
export function accountState(account: {
  readonly disabledAt: Date | null
  readonly closedAt: Date | null
}): AccountState {
  if (account.closedAt !== null) return 'closed'
  return account.disabledAt === null ? 'open' : 'suspended'
}

/** The refusal of what a closed account cannot do any more. */
export function accountClosed(): Refusal {
  return new Refusal('account_closed', 'This account is closed for good.')
}

/** The refusal of every key of a suspended account. */
export function accountSuspended(): Refusal {
  return new Refusal('account_suspended', 'The account of this API key is suspended.')
}
