import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderOfService } from '../../src/drop/outcome.ts'

const noon = Date.parse('2026-07-01T12:00:00Z')
const target = (orderedMs: number, listingId: string, priceMinor = 0n) => ({
  orderedAt: new Date(noon + orderedMs),
  listingId,
  priceMinor,
})

test('who ordered first is served first, whatever was paid; at the same time the listing id decides', () => {
  const served = orderOfService([
    target(2, 'a', 900n),
    target(1, 'c', 1n),
    target(1, 'b', 5n),
    target(0, 'd', 1n),
  ])
  expect(served.map(({ listingId }) => listingId)).toEqual(['d', 'b', 'c', 'a'])
})

test('the order depends on neither the input\u2019s order nor the price', () => {
  const targets = fc.uniqueArray(
    fc.record({
      orderedAt: fc.integer({ min: 0, max: 3 }).map((ms) => new Date(noon + ms)),
      listingId: fc.uuid(),
      priceMinor: fc.bigInt({ min: 1n, max: 9n }),
    }),
    { selector: ({ listingId }) => listingId },
  )
  fc.assert(
    fc.property(targets, (some) => {
      const ids = orderOfService(some).map(({ listingId }) => listingId)
      const repriced = some.map((each) => ({ ...each, priceMinor: 10n - each.priceMinor })).toReversed()
      expect(orderOfService(repriced).map(({ listingId }) => listingId)).toEqual(ids)
    }),
  )
})
