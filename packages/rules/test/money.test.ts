import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  amountMinorMax,
  compare,
  decimalsOf,
  formatAmount,
  formatMoney,
  isCurrency,
  MixedCurrencies,
  money,
  negate,
  parseAmount,
  parseCurrency,
  parseMoney,
  subtract,
} from '../src/money.ts'

const currencies = ['USD', 'EUR', 'CNY', 'JPY', 'KWD', 'CLF'].map(parseCurrency)
const anyMoney = fc.record({
  amountMinor: fc.bigInt({ min: -amountMinorMax, max: amountMinorMax }),
  currency: fc.constantFrom(...currencies),
})

describe('currencies', () => {
  test.each([
    ['USD', 2],
    ['EUR', 2],
    ['CNY', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['CLF', 4],
  ])('%s has %i decimals', (code, decimals) => {
    expect(decimalsOf(parseCurrency(code))).toBe(decimals)
  })

  test.each(['usd', 'US', 'USDT', '', 'U$D', 'USD\n'])('%j is no currency code', (text) => {
    expect(isCurrency(text)).toBe(false)
    expect(() => parseCurrency(text)).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  test('amounts of two currencies are never added, subtracted or compared', () => {
    const dollars = money(100n, 'USD')
    const yen = money(100n, 'JPY')
    for (const operation of [add, subtract, compare]) {
      expect(() => operation(dollars, yen)).toThrow(MixedCurrencies)
    }
  })

  test('what is added and taken away again leaves the amount', () => {
    const half = fc.bigInt({ min: -amountMinorMax / 2n, max: amountMinorMax / 2n })
    fc.assert(
      fc.property(half, half, (one, other) => {
        const [a, b] = [money(one, 'EUR'), money(other, 'EUR')]
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(add(a, negate(a)).amountMinor).toBe(0n)
      }),
    )
  })

  test('comparing orders by amount', () => {
    expect(compare(money(-1n, 'USD'), money(0n, 'USD'))).toBe(-1)
    expect(compare(money(7n, 'USD'), money(7n, 'USD'))).toBe(0)
    expect(compare(money(8n, 'USD'), money(7n, 'USD'))).toBe(1)
  })

  test('an amount beyond 64 bits is refused, not wrapped', () => {
    expect(() => money(amountMinorMax + 1n, 'USD')).toThrow(RangeError)
    expect(() => add(money(amountMinorMax, 'USD'), money(1n, 'USD'))).toThrow(RangeError)
    expect(() => subtract(money(-amountMinorMax, 'USD'), money(1n, 'USD'))).toThrow(RangeError)
  })
})

describe('text', () => {
  test.each([
    [1230n, 'USD', '12.30 USD'],
    [5n, 'USD', '0.05 USD'],
    [-5n, 'USD', '-0.05 USD'],
    [0n, 'EUR', '0.00 EUR'],
    [1200n, 'JPY', '1200 JPY'],
    [-7n, 'JPY', '-7 JPY'],
    [1n, 'KWD', '0.001 KWD'],
    [123_456n, 'CLF', '12.3456 CLF'],
  ])('%s minor units of %s are written %j', (amountMinor, currency, text) => {
    expect(formatMoney(money(amountMinor, currency))).toBe(text)
  })

  test('every amount reads back as what was written', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(parseMoney(formatMoney(amount))).toEqual(amount)
        expect(parseAmount(formatAmount(amount), amount.currency)).toEqual(amount)
      }),
    )
  })

  test('missing decimals are filled, never guessed', () => {
    expect(parseMoney('12 USD')).toEqual(money(1200n, 'USD'))
    expect(parseMoney('12.3 USD')).toEqual(money(1230n, 'USD'))
    expect(parseMoney('-0.5 KWD')).toEqual(money(-500n, 'KWD'))
  })

  test.each([
    '12.345 USD',
    '1.5 JPY',
    '1,200.00 USD',
    '1e3 USD',
    '+1 USD',
    '.5 USD',
    '5. USD',
    '12.30',
    '12.30  USD',
    '12.30 usd',
    '0x10 USD',
    ' 1 USD',
    'NaN USD',
    '',
    '99999999999999999999 JPY',
    '9223372036854775808 JPY',
    '1 USD EUR',
  ])('%j is no amount', (text) => {
    expect(parseMoney(text)).toBeUndefined()
  })
})
