declare const brand: unique symbol

/** An ISO 4217 alphabetic code, upper case. Made by `parseCurrency` or checked by `isCurrency`. */
export type Currency = string & { readonly [brand]: 'Currency' }

const decimalsUsual = 2

/** Decimals of ISO 4217 that are not 2. A provider may use others, which its adapter converts. */
const decimalsUnusual: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map(withDecimals(0)),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map(withDecimals(3)),
  ...'CLF UYW'.split(' ').map(withDecimals(4)),
])

function withDecimals(decimals: number) {
  return (code: string): [string, number] => [code, decimals]
}

/** Whether the text has the form of a currency code. Which currencies are sold is data (the `price` table). */
export function isCurrency(text: string): text is Currency {
  return /^[A-Z]{3}$/.test(text)
}

/** The code as a `Currency`. Throws RangeError where it is not three upper-case letters. */
export function parseCurrency(text: string): Currency {
  if (!isCurrency(text)) throw new RangeError(`not a currency code: '${text}'`)
  return text
}

/** Digits after the decimal point: USD 2, JPY 0, KWD 3. */
export function decimalsOf(currency: Currency): number {
  return decimalsUnusual.get(currency) ?? decimalsUsual
}

/** An amount in minor units (cents of USD, yen of JPY) and its currency. Never a float. */
export type Money = { readonly amountMinor: bigint; readonly currency: Currency }

/** The database stores amounts as signed 64-bit integers. */
export const amountMinorMax = 2n ** 63n - 1n

/** Two currencies in one sum: a fault in the caller's code, never in a user's input. */
export class MixedCurrencies extends Error {
  constructor(one: Currency, other: Currency) {
    super(`amounts of ${one} and ${other} do not add up`)
    this.name = 'MixedCurrencies'
  }
}

/** Money of `amountMinor` minor units. Throws RangeError on a malformed currency or an amount beyond 64 bits. */
export function money(amountMinor: bigint, currency: string): Money {
  if (amountMinor > amountMinorMax || amountMinor < -amountMinorMax) {
    throw new RangeError(`amount out of range: ${amountMinor}`)
  }
  return { amountMinor, currency: parseCurrency(currency) }
}

/** The sum. Throws MixedCurrencies; RangeError beyond 64 bits. */
export function add(one: Money, other: Money): Money {
  requireSameCurrency(one, other)
  return money(one.amountMinor + other.amountMinor, one.currency)
}

/** `one` minus `other`; may be negative. Throws MixedCurrencies; RangeError beyond 64 bits. */
export function subtract(one: Money, other: Money): Money {
  return add(one, negate(other))
}

export function negate(amount: Money): Money {
  return { amountMinor: -amount.amountMinor, currency: amount.currency }
}

/** Whether they are the same amount of the same currency. */
export function equals(one: Money, other: Money): boolean {
  return one.currency === other.currency && one.amountMinor === other.amountMinor
}

/** −1, 0 or 1 as `one` is less than, equal to or more than `other`. Throws MixedCurrencies. */
export function compare(one: Money, other: Money): -1 | 0 | 1 {
  requireSameCurrency(one, other)
  if (one.amountMinor === other.amountMinor) return 0
  return one.amountMinor < other.amountMinor ? -1 : 1
}

/** The amount alone, in major units with all its decimals: `12.30`, `-0.05`, `1200` for yen. No grouping. */
export function formatAmount({ amountMinor, currency }: Money): string {
  const decimals = decimalsOf(currency)
  const sign = amountMinor < 0n ? '-' : ''
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** `12.30 USD`. The inverse of `parseMoney`. */
export function formatMoney(amount: Money): string {
  return `${formatAmount(amount)} ${amount.currency}`
}

/**
 * Reads an amount in major units: `12.3` USD is 1230 minor units. `undefined` where it is no plain decimal number, has more decimals than
 * the currency, or exceeds 64 bits: nothing is ever rounded.
 */
export function parseAmount(text: string, currency: Currency): Money | undefined {
  const match = /^(-?)(\d{1,19})(?:\.(\d{1,4}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign, major = '', fraction = ''] = match
  const decimals = decimalsOf(currency)
  if (fraction.length > decimals) return undefined
  const magnitude = BigInt(major + fraction.padEnd(decimals, '0'))
  if (magnitude > amountMinorMax) return undefined
  return { amountMinor: sign === '-' ? -magnitude : magnitude, currency }
}

/** Reads `12.30 USD`. `undefined` where the text is not an amount, one space and a currency code. */
export function parseMoney(text: string): Money | undefined {
  const [amount = '', currency = '', ...rest] = text.split(' ')
  return rest.length === 0 && isCurrency(currency) ? parseAmount(amount, currency) : undefined
}

function requireSameCurrency(one: Money, other: Money): void {
  if (one.currency !== other.currency) throw new MixedCurrencies(one.currency, other.currency)
}
