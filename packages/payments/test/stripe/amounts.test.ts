import { money } from '@droplock/rules/money'
import { assert, bigInt, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { fromStripeAmount, toStripeAmount } from '../../src/stripe/amounts.ts'

test.each([
  ['USD', 1_234n, 1_234],
  ['EUR', 1n, 1],
  ['CNY', 99_900n, 99_900],
  ['JPY', 500n, 500],
  ['KRW', 10_000n, 10_000],
  // Two decimals in the ledger, none at Stripe.
  ['MGA', 50_000n, 500],
  // None in the ledger, two at Stripe, which have to be 00.
  ['ISK', 5n, 500],
  // Three at both, and the last has to be 0.
  ['KWD', 5_120n, 5_120],
] as const)('%s: %s minor units of the ledger are %s of Stripe, and back', (currency, minor, stripe) => {
  expect(toStripeAmount(money(minor, currency))).toBe(stripe)
  expect(fromStripeAmount(stripe, currency.toLowerCase())).toEqual(money(minor, currency))
})

test.each([
  ['a part of the smallest unit', 'MGA', 50_050n],
  ['a last digit that has to be 0', 'KWD', 5_124n],
  ['more than Stripe takes', 'USD', 10n ** 12n],
  ['a currency whose published factors differ by 100', 'UGX', 500n],
  ['a currency of four decimals', 'CLF', 10_000n],
  ['a currency of three decimals that Stripe does not take', 'LYD', 1_000n],
] as const)('%s is not sent', (_, currency, minor) => {
  expect(toStripeAmount(money(minor, currency))).toBeUndefined()
})

test('an amount that the ledger can’t hold is not read', () => {
  expect(() => fromStripeAmount(550, 'isk')).toThrow(RangeError)
  expect(() => fromStripeAmount(1.5, 'usd')).toThrow(RangeError)
  expect(() => fromStripeAmount(1, 'dollars')).toThrow(RangeError)
  expect(() => fromStripeAmount(500, 'ugx')).toThrow(RangeError)
})

test('every amount that is sent is read back unchanged', () => {
  const currencies = ['USD', 'EUR', 'CNY', 'JPY', 'MGA', 'ISK', 'KWD', 'HUF', 'TWD']
  assert(
    property(bigInt(0n, 10n ** 13n), constantFrom(...currencies), (minor, currency) => {
      const sent = toStripeAmount(money(minor, currency))
      if (sent !== undefined) expect(fromStripeAmount(sent, currency.toLowerCase()).amountMinor).toBe(minor)
    }),
  )
})
