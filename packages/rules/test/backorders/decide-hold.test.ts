import { expect, test } from 'vitest'
import { decideHold, HOLD_MS } from '../../src/backorders.ts'
import { HOLD_MARGIN_MS } from '../../src/listings.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const inMs = (ms: number) => new Date(NOW.getTime() + ms)
const facts = { cutoffAt: inMs(3_600_000), heldBefore: false, openHolds: 2, openHoldsMax: 3 }

test('a hold lasts 15 minutes', () => {
  expect(decideHold(facts, NOW)).toEqual(inMs(15 * 60_000))
})

test('a hold ends 5 minutes before the cut-off at the latest', () => {
  const cutoffAt = inMs(HOLD_MS)
  expect(decideHold({ ...facts, cutoffAt }, NOW)).toEqual(inMs(10 * 60_000))
})

test.each([
  ['hold_too_late', { ...facts, cutoffAt: inMs(HOLD_MARGIN_MS) }],
  ['hold_limit_reached', { ...facts, openHolds: 3 }],
  ['hold_not_available', { ...facts, heldBefore: true }],
])('%s', (code, refused) => {
  expect(() => decideHold(refused, NOW)).toThrow(expect.objectContaining({ code }))
})
