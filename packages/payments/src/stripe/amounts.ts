import { type Currency, decimalsOf, isCurrency, type Money, money } from '@droplock/rules/money'

/** The most that Stripe takes in one charge has 8 digits for most currencies, 12 at most; well within a double. */
const amountMax = 999_999_999_999n

/** Currencies that Stripe counts in whole units. */
const wholeUnits = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))

/** Counted in thousandths, of which the last digit has to be 0. */
const thousandths = new Set('BHD JOD KWD OMR TND'.split(' '))

/** Not of two decimals by ISO 4217, yet counted by Stripe in hundredths, which have to be 00. */
const hundredthsOfWhole = new Set(['ISK'])

/** How Stripe counts a currency: digits after the point, and what an amount has to be a multiple of. */
function countingOf(currency: Currency): { decimals: number; multiple: bigint } | undefined {
  if (wholeUnits.has(currency)) return { decimals: 0, multiple: 1n }
  if (thousandths.has(currency)) return { decimals: 3, multiple: 10n }
  if (hundredthsOfWhole.has(currency)) return { decimals: 2, multiple: 100n }
  // The rest count as ISO 4217 does, with two. Of those that ISO counts otherwise nothing is known for certain (of UGX,
  // published accounts differ by a factor of 100), so they are not taken.
  return decimalsOf(currency) === 2 ? { decimals: 2, multiple: 1n } : undefined
}

/**
 * The amount as Stripe counts it. `undefined` where Stripe can't take it: a currency it does not know for certain, a part
 * of its smallest unit, or too much. Nothing is ever rounded.
 */
export function toStripeAmount({ amountMinor, currency }: Money): number | undefined {
  const counting = countingOf(currency)
  if (counting === undefined) return undefined
  const scaled = rescale(amountMinor, decimalsOf(currency), counting.decimals)
  if (scaled === undefined || scaled % counting.multiple !== 0n) return undefined
  return scaled > amountMax || scaled < -amountMax ? undefined : Number(scaled)
}

/** The inverse, of an amount and a code in lower case as Stripe tells them. Throws RangeError where the ledger can't hold it. */
export function fromStripeAmount(amount: number, code: string): Money {
  const currency = code.toUpperCase()
  if (!isCurrency(currency) || !Number.isSafeInteger(amount)) {
    throw new RangeError('not an amount of money as Stripe counts it')
  }
  const counting = countingOf(currency)
  const minor =
    counting === undefined ? undefined : rescale(BigInt(amount), counting.decimals, decimalsOf(currency))
  if (minor === undefined) throw new RangeError(`an amount of ${currency} that the ledger can't hold`)
  return money(minor, currency)
}

/** From so many decimals to so many others; `undefined` where digits would be lost. */
function rescale(amount: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return amount * 10n ** BigInt(to - from)
  const divisor = 10n ** BigInt(from - to)
  return amount % divisor === 0n ? amount / divisor : undefined
}
