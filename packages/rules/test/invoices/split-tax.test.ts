import { expect, test } from 'vitest'
import { splitCredit, splitTax } from '../../src/invoices.ts'

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

test('net and tax make the gross, and neither is below zero, for every small price and rate', () => {
  for (let rate = 0; rate <= 10_000; rate += 137) {
    for (let gross = 0n; gross <= 300n; gross += 1n) {
      const { netMinor, taxMinor } = splitTax(gross, rate)
      expect(netMinor + taxMinor).toBe(gross)
      expect(netMinor >= 0n && taxMinor >= 0n).toBe(true)
    }
  }
})

test('credits in any parts sum to net and tax of the whole, and none is below zero', () => {
  for (const rate of [0, 700, 1_900, 2_300, 10_000]) {
    for (let part = 1n; part <= 101n; part += 1n) {
      let [credited, net, tax] = [0n, 0n, 0n]
      while (credited < 101n) {
        const amount = part < 101n - credited ? part : 101n - credited
        const split = splitCredit(amount, credited, rate)
        expect(split.netMinor >= 0n && split.taxMinor >= 0n).toBe(true)
        credited += amount
        net += split.netMinor
        tax += split.taxMinor
      }
      expect(splitTax(101n, rate)).toEqual({ grossMinor: 101n, netMinor: net, taxMinor: tax })
    }
  }
})

test('what is no rate or no price is refused', () => {
  for (const rate of [-1, 10_001, 0.5, Number.NaN]) expect(() => splitTax(1n, rate)).toThrow(RangeError)
  expect(() => splitTax(-1n, 0)).toThrow(RangeError)
})
