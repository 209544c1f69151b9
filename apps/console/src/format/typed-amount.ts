import { formatAmount, money } from '@droplock/rules/money'
import type { Money } from '../api/types.ts'

/** `12.30`: what a field for an amount begins with. */
export function typedAmount({ amount_minor, currency }: Money): string {
  return formatAmount(money(BigInt(amount_minor), currency))
}
