import { type Currency, isCurrency } from '../money/currency.ts'
import { add, type Money, money, parseAmount } from '../money/money.ts'
import type { ChargedFee, Decimal } from '../ports/registry-objects.ts'

/**
 * What a registry took in all: its fees less its credits (RFC 8748 §3.4). `usual` is the currency of an answer that names
 * none. `undefined` where it told no fee, or one that is no exact amount of the currency: what was not told is not guessed.
 */
export function chargedMoney(charged: ChargedFee | undefined, usual: Currency): Money | undefined {
  const currency = charged?.currency ?? usual
  if (charged === undefined || !isCurrency(currency)) return undefined
  const parts = [...charged.fees, ...(charged.credits ?? [])].map((text) => parsePart(text, currency))
  if (charged.fees.length === 0 || !parts.every((part) => part !== undefined)) return undefined
  return parts.reduce(add, money(0n, currency))
}

/** Registries write more decimals than a currency has: `10.0000`. */
function parsePart(text: Decimal, currency: Currency): Money | undefined {
  return parseAmount(text.replace(/(\.\d*?)0+$/u, '$1').replace(/\.$/u, ''), currency)
}
