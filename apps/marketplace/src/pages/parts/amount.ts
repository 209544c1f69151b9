import { decimalsOf, formatAmount, money, parseAmount, parseCurrency } from '@droplock/rules/money'

type Money = { readonly amount_minor: number; readonly currency: string }

/** Digits after the decimal point. */
export function fractionDigits(currency: string): number {
  return decimalsOf(parseCurrency(currency))
}

/**
 * The minor units of an amount as people type it: `49.90`, `49,90`, `1 000`. Undefined where it is none, has more decimals than the
 * currency, or is beyond what numbers hold exactly: nothing is guessed or rounded.
 */
export function minorUnitsOf(text: string, currency: string): number | undefined {
  const plain = text.replaceAll(/[\s_']/gu, '').replace(/^(\d+),(\d{1,2})$/, '$1.$2')
  const amount = parseAmount(plain, parseCurrency(currency))
  const minor = Number(amount?.amountMinor)
  return Number.isSafeInteger(minor) && minor >= 0 ? minor : undefined
}

/** An amount as it is typed in a field, without its currency. */
export function amountText({ amount_minor, currency }: Money): string {
  return formatAmount(money(BigInt(amount_minor), currency))
}
