import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OutcomeRow, orderOfService, outcomeTable } from '../../src/drop/outcome.ts'
import { type BackorderState, backorderMachine } from '../../src/machines/backorder.ts'
import { type CatchTargetState, catchTargetMachine, type Outcome } from '../../src/machines/catch-target.ts'
import { type ListingState, listingMachine } from '../../src/machines/listing.ts'
import { isTerminal, next, statesAllowing } from '../../src/machines/machine.ts'

/** Rule 22, written by hand: the final states of target, listing and backorder, and the cause of the refund. */
const ends: Record<Outcome, [CatchTargetState, ListingState, BackorderState, string | null]> = {
  registered: ['registered', 'caught', 'successful', null],
  lost: ['lost', 'lost', 'failed', 'backorder_failed'],
  missed: ['missed', 'missed', 'failed', 'backorder_failed'],
  premium: ['premium', 'premium', 'failed', 'backorder_failed'],
  withdrawn: ['withdrawn', 'withdrawn', 'failed', 'backorder_failed'],
  refused: ['refused', 'refused', 'failed', 'backorder_failed'],
}
const outcomes = Object.entries(outcomeTable) as [Outcome, OutcomeRow][]

/** The possible states of listing and backorder for each state from which a target can end. */
const beside: Partial<Record<CatchTargetState, [ListingState[], BackorderState[]]>> = {
  armed: [['closed', 'dropping'], ['backordered']],
  disarmed: [['closed', 'open'], ['backordered']],
  firing: [['dropping'], ['registering']],
  ambiguous: [['dropping'], ['registering']],
  awaiting_award: [['dropping'], ['registering']],
}

test('the table has the six outcomes', () => {
  expect(outcomes.map(([outcome]) => outcome).toSorted()).toEqual(Object.keys(ends).toSorted())
})

describe.each(outcomes)('%s', (outcome, row) => {
  const [target, listing, backorder, refund] = ends[outcome]

  test('is allowed by all three machines in every state in which it can happen, and ends all three', () => {
    const from = statesAllowing(catchTargetMachine, row.target)
    expect(from).toEqual(expect.arrayContaining(['firing', 'ambiguous', 'awaiting_award']))
    for (const state of from) {
      const [listings, backorders] = beside[state] ?? [[], []]
      expect(listings.length * backorders.length, `what stands beside ${state}`).toBeGreaterThan(0)
      expect(next(catchTargetMachine, state, row.target)).toBe(target)
      for (const each of listings) expect(next(listingMachine, each, row.listing)).toBe(listing)
      for (const each of backorders) expect(next(backorderMachine, each, row.backorder)).toBe(backorder)
    }
    expect(isTerminal(catchTargetMachine, target)).toBe(true)
    expect(isTerminal(listingMachine, listing)).toBe(true)
    expect(isTerminal(backorderMachine, backorder)).toBe(true)
  })

  test('refunds exactly when it fails, with the outcome as the reason', () => {
    expect(row.refund).toBe(refund)
    expect(row.failure).toBe(refund === null ? null : outcome)
  })
})

test('only a withdrawal can end a target that never fired', () => {
  const unfired = outcomes.filter(([, row]) =>
    statesAllowing(catchTargetMachine, row.target).includes('armed'),
  )
  expect(unfired.map(([outcome]) => outcome)).toEqual(['withdrawn'])
})

const noon = Date.parse('2026-07-01T12:00:00Z')
const target = (orderedMs: number, listingId: string, priceMinor = 0n) => ({
  orderedAt: new Date(noon + orderedMs),
  listingId,
  priceMinor,
})

test('the first order is served first, whatever the price; at the same time the listing id decides', () => {
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
