import { COUNTED_MAX } from '@droplock/rules/counts'
import { formatAmount, money } from '@droplock/rules/money'
import type { Money } from '../api/types.ts'

/** `USD 12.30`, with the code, because several currencies are called dollar. */
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

/** A count that the server stops at `COUNTED_MAX`: `10,000+`. */
export function countUpToText(count: number): string {
  return count < COUNTED_MAX ? countText(count) : `${countText(COUNTED_MAX)}+`
}

/** The count, or a dash where it is not known yet. */
export function countOrDash(count: number | undefined): string {
  return count === undefined ? '–' : countText(count)
}

/** `12.30`: the initial text of a field for an amount. */
export function typedAmount({ amount_minor, currency }: Money): string {
  return formatAmount(money(BigInt(amount_minor), currency))
}

/** `1950` → `19.5`. */
export function percentText(basisPoints: number): string {
  return String(basisPoints / 100)
}

/** Basis points of a percentage as typed, `19.5` or `19,5`; `undefined` where it is not from 0 to 100, or has more than two decimals. */
export function basisPointsOf(typed: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? []
  if (whole === undefined) return undefined
  const basisPoints = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return basisPoints <= 10_000 ? basisPoints : undefined
}
