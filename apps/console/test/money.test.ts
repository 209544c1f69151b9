import { expect, test } from 'vitest'
import { basisPointsOf, moneyText, percentText } from '../src/format/money.ts'

test('an amount has its currency code and the decimals of the currency', () => {
  expect(moneyText({ amount_minor: 123_456, currency: 'USD' })).toBe('USD 1,234.56')
  expect(moneyText({ amount_minor: 1_200, currency: 'JPY' })).toBe('JPY 1,200')
  expect(moneyText({ amount_minor: -5, currency: 'EUR' })).toBe('-EUR 0.05')
})

test.each([
  ['19', 1_900],
  ['19.5', 1_950],
  ['19,05', 1_905],
  [' 0 ', 0],
  ['100', 10_000],
])('%j is a percentage', (typed, basisPoints) => {
  expect(basisPointsOf(typed)).toBe(basisPoints)
})

test.each(['', '-1', '100.01', '19.555', '19 %', 'x', '1e2'])('%j is not a percentage', (typed) => {
  expect(basisPointsOf(typed)).toBeUndefined()
})

test.each([0, 1, 50, 700, 1_950, 10_000])('%i basis points are read back as shown', (basisPoints) => {
  expect(basisPointsOf(percentText(basisPoints))).toBe(basisPoints)
})
