import { addYears } from '../schedule/local-time.ts'

/** How long a registration is paid for, and what its registry has added to that. */
export type PaidTerm = {
  /** Until when its holder has paid. */
  readonly expiresAt: Date
  /** The expiry at the registry after it renewed the name by itself; null: it has not. */
  readonly autoRenewedUntil: Date | null
}

/** The expiries at which a registry renewed a name by itself, for a year each, and the expiry since. */
export type AutoRenewal = { readonly at: readonly Date[]; readonly until: Date }

/**
 * Whether a registry that shows `exDate` has renewed the name by itself since: by whole years, and not before each expiry had passed.
 * Undefined where it has not, or something else moved the expiry. RFC 3915 §3.1 (autoRenewPeriod).
 */
export function findAutoRenewal(
  term: PaidTerm,
  exDate: Date | undefined,
  now: Date,
): AutoRenewal | undefined {
  if (exDate === undefined) return undefined
  const at: Date[] = []
  let until = term.autoRenewedUntil ?? term.expiresAt
  while (until <= now && dayOf(until) < dayOf(exDate)) {
    at.push(until)
    until = addYears(until, 1)
  }
  return at.length > 0 && dayOf(until) === dayOf(exDate) ? { at, until: exDate } : undefined
}

/** Expiries are compared by their days: a renew names no more of them (RFC 5731 §3.2.3). */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}
