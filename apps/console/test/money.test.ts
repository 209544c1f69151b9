import { expect, test } from 'vitest'
import { moneyText } from '../src/format/money.ts'

test('an amount is told with its currency and its own number of decimals', () => {
  expect(moneyText({ amount_minor: 123_456, currency: 'USD' })).toBe('USD 1,234.56')
  expect(moneyText({ amount_minor: 1_200, currency: 'JPY' })).toBe('JPY 1,200')
  expect(moneyText({ amount_minor: -5, currency: 'EUR' })).toBe('-EUR 0.05')
})
