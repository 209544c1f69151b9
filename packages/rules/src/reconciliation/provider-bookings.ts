import { type Money, money } from '../money.ts'
import type { BalanceTransaction } from '../ports/payments.ts'

export const bookingKinds = ['provider_fee', 'payout', 'exchange_out', 'exchange_in'] as const

/** Why a movement changes what the provider holds for us, beside the customer's amount that we book ourselves. */
export type BookingKind = (typeof bookingKinds)[number]

export type ProviderBooking = {
  readonly kind: BookingKind
  /** What it adds to what the provider holds. */
  readonly amount: Money
}

type Moved = Pick<BalanceTransaction, 'kind' | 'amount' | 'settled' | 'fee'>

/**
 * What a movement books: its fee; a payout; and where the provider settles in another currency than the customer paid in, that the one
 * amount became the other. What is 0 books nothing.
 */
export function bookingsOf({ kind, amount, settled, fee }: Moved): readonly ProviderBooking[] {
  const own = fee.amountMinor === 0n ? [] : [booking('provider_fee', -fee.amountMinor, fee.currency)]
  if (kind === 'fee') {
    const minor = settled.amountMinor - (fee.currency === settled.currency ? fee.amountMinor : 0n)
    return minor === 0n ? [] : [booking('provider_fee', minor, settled.currency)]
  }
  if (kind === 'payout') return [booking('payout', settled.amountMinor, settled.currency), ...own]
  if (amount === undefined || amount.currency === settled.currency) return own
  return [
    booking('exchange_out', -amount.amountMinor, amount.currency),
    booking('exchange_in', settled.amountMinor, settled.currency),
    ...own,
  ]
}

function booking(kind: BookingKind, amountMinor: bigint, currency: string): ProviderBooking {
  return { kind, amount: money(amountMinor, currency) }
}
