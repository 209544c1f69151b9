import { describe, expect, test } from 'vitest'
import { type OutcomeRow, outcomeTable } from '../../src/drop/outcome.ts'
import { type BackorderState, backorderMachine } from '../../src/machines/backorder.ts'
import { type CatchTargetState, catchTargetMachine, type Outcome } from '../../src/machines/catch-target.ts'
import { type ListingState, listingMachine } from '../../src/machines/listing.ts'
import { isTerminal, next, statesAllowing } from '../../src/machines/machine.ts'

/** Rule 22, written by hand: target, listing and backorder end as these; the last is the refund's cause. */
const ends: Record<Outcome, [CatchTargetState, ListingState, BackorderState, string | null]> = {
  registered: ['registered', 'caught', 'successful', null],
  lost: ['lost', 'lost', 'failed', 'backorder_failed'],
  missed: ['missed', 'missed', 'failed', 'backorder_failed'],
  premium: ['premium', 'premium', 'failed', 'backorder_failed'],
  withdrawn: ['withdrawn', 'withdrawn', 'failed', 'backorder_failed'],
  refused: ['refused', 'refused', 'failed', 'backorder_failed'],
}
const outcomes = Object.entries(outcomeTable) as [Outcome, OutcomeRow][]

/** In which states the listing and the backorder can be while the target is in one from which it can end. */
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

  test('is legal in all three machines wherever it can happen, and ends all three', () => {
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
