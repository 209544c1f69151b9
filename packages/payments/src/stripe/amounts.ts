import { type Currency, decimalsOf, isCurrency, type Money, money } from '@droplock/rules/money'

/** Stripe's largest charge has 8 digits for most currencies and 12 at most, well within a double. */
const AMOUNT_MAX = 999_999_999_999n

/** Currencies that Stripe counts in whole units. */
const wholeUnits = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))

/** Currencies that Stripe counts in thousandths; the last digit must be 0. */
const thousandths = new Set('BHD JOD KWD OMR TND'.split(' '))

/** Currencies without decimals in ISO 4217 that Stripe counts in hundredths; these must be 00. */
const hundredthsOfWhole = new Set(['ISK'])

/** How Stripe counts a currency: its decimals, and the number of which every amount is a multiple. */
function countingOf(currency: Currency): { decimals: number; multiple: bigint } | undefined {
  if (wholeUnits.has(currency)) return { decimals: 0, multiple: 1n }
  if (thousandths.has(currency)) return { decimals: 3, multiple: 10n }
  if (hundredthsOfWhole.has(currency)) return { decimals: 2, multiple: 100n }
  // Currencies with two decimals in ISO 4217 have two at Stripe. For the others the documentation is not certain (for UGX,
  // published sources differ by a factor of 100), so they are refused.
  return decimalsOf(currency) === 2 ? { decimals: 2, multiple: 1n } : undefined
}

/**
 * The amount as Stripe counts it. `undefined` where it cannot be sent: a currency that is not certain, a fraction of the
 * smallest unit, or an amount that is too large. Nothing is rounded.
 */
export function toStripeAmount({ amountMinor, currency }: Money): number | undefined {
  const counting = countingOf(currency)
  if (counting === undefined) return undefined
  const scaled = rescale(amountMinor, decimalsOf(currency), counting.decimals)
  if (scaled === undefined || scaled % counting.multiple !== 0n) return undefined
  return scaled > AMOUNT_MAX || scaled < -AMOUNT_MAX ? undefined : Number(scaled)
}

/** The inverse, from Stripe's amount and lower-case currency code. Throws RangeError where the ledger cannot hold it. */
export function fromStripeAmount(amount: number, code: string): Money {
  const currency = code.toUpperCase()
  if (!isCurrency(currency) || !Number.isSafeInteger(amount)) {
    throw new RangeError('not an amount in a currency of Stripe')
  }
  const counting = countingOf(currency)
  const minor =
    counting === undefined ? undefined : rescale(BigInt(amount), counting.decimals, decimalsOf(currency))
  if (minor === undefined) throw new RangeError(`the ledger cannot hold this amount of ${currency}`)
  return money(minor, currency)
}

/** Changes the number of decimals; `undefined` where digits would be lost. */
function rescale(amount: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return amount * 10n ** BigInt(to - from)
  const divisor = 10n ** BigInt(from - to)
  return amount % divisor === 0n ? amount / divisor : undefined
}
