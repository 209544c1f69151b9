import { expect, test } from 'vitest'
import {
  decideInvoice,
  decideSellerMode,
  invoiceNumber,
  seriesPrefix,
  splitCredit,
  splitTax,
} from '../src/invoices.ts'
import { backorderMachine } from '../src/machines/backorder.ts'
import { statesOf } from '../src/machines/machine.ts'

test('a success is invoiced to the billing profile', () => {
  expect(decideInvoice('successful', 'a profile')).toBe('a profile')
  expect(() => decideInvoice('successful', undefined)).toThrow(
    expect.objectContaining({ code: 'billing_profile_missing' }),
  )
})

test.each(statesOf(backorderMachine).filter((state) => state !== 'successful'))(
  'an order that is %s has no invoice',
  (state) => {
    expect(() => decideInvoice(state, 'a profile')).toThrow(
      expect.objectContaining({ code: 'invoice_not_available', facts: { state } }),
    )
  },
)

test.each([
  [undefined, 'live', false],
  [undefined, 'live', true],
  ['live', 'live', true],
  ['test', 'live', false],
] as const)('a seller changes its mode from %s to %s (issued: %s)', (before, after, hasIssued) => {
  expect(() => decideSellerMode({ before, after, hasIssued })).not.toThrow()
})

test.each([
  ['test', 'live'],
  ['live', 'test'],
] as const)('after the first invoice the mode %s never changes to %s', (before, after) => {
  expect(() => decideSellerMode({ before, after, hasIssued: true })).toThrow(
    expect.objectContaining({ code: 'seller_mode_is_final', facts: { mode: before } }),
  )
})

test.each([
  ['invoice', 'live', 'INV-2026-000017'],
  ['credit_note', 'live', 'CN-2026-000017'],
  ['invoice', 'test', 'TEST-INV-2026-000017'],
  ['credit_note', 'test', 'TEST-CN-2026-000017'],
] as const)('the %s number of %s is %s', (kind, mode, number) => {
  expect(invoiceNumber(seriesPrefix({ kind, mode, year: 2026 }), 17)).toBe(number)
})

test('a number grows beyond its digits', () => {
  expect(invoiceNumber('INV-2026-', 1_234_567)).toBe('INV-2026-1234567')
})

test.each([
  [1_900n, 0, 1_900n, 0n],
  [1_900n, 2_300, 1_545n, 355n],
  [11_900n, 1_900, 10_000n, 1_900n],
  // 50.5 exactly: half up.
  [101n, 10_000, 51n, 50n],
  [1n, 2_300, 1n, 0n],
  [0n, 2_300, 0n, 0n],
  [9_223_372_036_854_775_807n, 725, 8_599_880_687_044_080_007n, 623_491_349_810_695_800n],
])('%d with %d basis points is %d net and %d tax', (gross, rate, netMinor, taxMinor) => {
  expect(splitTax(gross, rate)).toEqual({ grossMinor: gross, netMinor, taxMinor })
})

test('net and tax sum to the gross, and neither is negative, for every small price and rate', () => {
  const wrong = []
  for (let rate = 0; rate <= 10_000; rate += 137) {
    for (let gross = 0n; gross <= 300n; gross += 1n) {
      const split = splitTax(gross, rate)
      const { netMinor, taxMinor } = split
      if (netMinor + taxMinor !== gross || netMinor < 0n || taxMinor < 0n) wrong.push({ rate, split })
    }
  }
  expect(wrong).toEqual([])
})

test('credits in any parts sum to net and tax of the whole, and none is negative', () => {
  const negative = []
  for (const rate of [0, 700, 1_900, 2_300, 10_000]) {
    for (let part = 1n; part <= 101n; part += 1n) {
      let [credited, net, tax] = [0n, 0n, 0n]
      while (credited < 101n) {
        const amount = part < 101n - credited ? part : 101n - credited
        const split = splitCredit(amount, credited, rate)
        if (split.netMinor < 0n || split.taxMinor < 0n) negative.push({ rate, part, split })
        credited += amount
        net += split.netMinor
        tax += split.taxMinor
      }
      expect(splitTax(101n, rate)).toEqual({ grossMinor: 101n, netMinor: net, taxMinor: tax })
    }
  }
  expect(negative).toEqual([])
})

test('an impossible rate or price is refused', () => {
  for (const rate of [-1, 10_001, 0.5, Number.NaN]) expect(() => splitTax(1n, rate)).toThrow(RangeError)
  expect(() => splitTax(-1n, 0)).toThrow(RangeError)
})
