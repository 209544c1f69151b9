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
