declare const brand: unique symbol

/** An ISO 4217 alphabetic code, upper case. Made by `parseCurrency` or checked by `isCurrency`. */
export type Currency = string & { readonly [brand]: 'Currency' }

const decimalsUsual = 2

/** ISO 4217 minor units that are not 2. A provider may count otherwise (its adapter converts); the ledger never does. */
const decimalsUnusual: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map(having(0)),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map(having(3)),
  ...'CLF UYW'.split(' ').map(having(4)),
])

function having(decimals: number) {
  return (code: string): [string, number] => [code, decimals]
}

/** Whether the text has the form of a currency code. Which currencies are sold is data (the `price` table). */
export function isCurrency(text: string): text is Currency {
  return /^[A-Z]{3}$/.test(text)
}

/** The code as a `Currency`. Throws RangeError where it has not the form of one; upper case is required. */
export function parseCurrency(text: string): Currency {
  if (!isCurrency(text)) throw new RangeError(`not a currency code: '${text}'`)
  return text
}

/** Digits after the decimal point: USD 2, JPY 0, KWD 3. */
export function decimalsOf(currency: Currency): number {
  return decimalsUnusual.get(currency) ?? decimalsUsual
}
