import { expect, test } from 'vitest'
import { outcomeTable } from '../src/drop/outcome.ts'
import type { Outcome } from '../src/machines/catch-target.ts'
import { lossClassOf, priceBandOf, shownOrders, wastedCreates } from '../src/statistics.ts'

test('a price belongs to the last band that begins at or below it', () => {
  expect([1n, 2_499n, 2_500n, 9_999n, 10_000n, 50_000n, 10n ** 12n].map(priceBandOf)).toEqual([
    0, 0, 1, 1, 2, 3, 3,
  ])
})

test('a loss is counted by the most that it can have been lost by', () => {
  expect([0, 10, 11, 1_000, 10_000, 10_001, null].map(lossClassOf)).toEqual([0, 0, 1, 2, 3, 4, null])
})

test('creates after a loss and those that were not judged are wasted, and all of a name that nobody could register', () => {
  const counts = { creates: 10, unjudged: 2, late: 3 }
  const wasted = Object.keys(outcomeTable).map((outcome) => [
    outcome,
    wastedCreates(outcome as Outcome, counts),
  ])
  expect(Object.fromEntries(wasted)).toEqual({
    registered: 2,
    lost: 5,
    missed: 10,
    premium: 10,
    withdrawn: 10,
    refused: 10,
  })
})

test('few orders are not shown, and of many a rounded number', () => {
  expect([0, 19, 20, 29, 30, 12_345].map(shownOrders)).toEqual([null, null, 20, 20, 30, 12_340])
})
