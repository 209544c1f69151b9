import { formatAmount, money } from '@droplock/rules/money'
import type { Money } from '../api/types.ts'

/** `USD 12.30`: the code, because more than one currency calls itself dollar. */
export function moneyText({ amount_minor, currency }: Money): string {
  const amount = formatAmount(money(BigInt(amount_minor), currency))
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(Number(amount))
    .replaceAll('\u00a0', ' ')
}

/** `12,345`. */
export function countText(count: number): string {
  return new Intl.NumberFormat('en').format(count)
}

/** The count, or a dash where there is none yet. */
export function countOrDash(count: number | undefined): string {
  return count === undefined ? '–' : countText(count)
}
