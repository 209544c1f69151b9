import { formatAmount, money } from '@droplock/rules/money/money'
import type { Amount } from './write-rows.ts'

/** An amount of minor units, ready for `writeRows`. */
export function toAmount(amountMinor: bigint, currency: string): Amount {
  return { amount: formatAmount(money(amountMinor, currency)) }
}
