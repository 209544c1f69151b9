import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideHold,
  decidePlacement,
  HOLD_MS,
  HOLD_MS_MIN,
  type PlacementFacts,
  placementRefusal,
} from '../src/backorders.ts'
import { HOLD_MARGIN_MS } from '../src/listings.ts'
import type { ListingState } from '../src/machines/listing.ts'
import { Refusal, type RefusalCode } from '../src/refusals.ts'

const opensAt = new Date('2026-07-01T07:30:00Z')
const cutoffAt = new Date('2026-07-01T14:00:00Z')
const now = new Date('2026-07-01T12:00:00Z')
const orderable: PlacementFacts = {
  listingState: 'open',
  zoneEnabled: true,
  premium: false,
  reserved: false,
  suspect: false,
  blocked: false,
  opensAt,
  cutoffAt,
  held: false,
  priced: true,
}

test('an order for an open, free, standard name with a price is accepted', () => {
  expect(() => decidePlacement(orderable, now)).not.toThrow()
  expect(placementRefusal(orderable, now)).toBeUndefined()
})

describe('each ground alone', () => {
  const grounds: [Partial<PlacementFacts>, RefusalCode][] = [
    [{ opensAt: new Date(now.getTime() + 1) }, 'listing_not_open_yet'],
    [{ cutoffAt: now }, 'cutoff_passed'],
    [{ zoneEnabled: false }, 'zone_disabled'],
    [{ premium: true }, 'name_premium'],
    [{ reserved: true }, 'name_reserved'],
    [{ suspect: true }, 'name_suspect'],
    [{ blocked: true }, 'name_blocked'],
    [{ held: true }, 'name_taken'],
    [{ held: true, ownBackorderId: 'b1' }, 'already_yours'],
    [{ priced: false }, 'price_unavailable'],
    ...(
      ['closed', 'dropping', 'caught', 'lost', 'missed', 'premium', 'withdrawn', 'refused', 'unsold'] as const
    ).map((listingState): [Partial<PlacementFacts>, RefusalCode] => [{ listingState }, 'listing_closed']),
  ]
  test.each(grounds)('%o is refused as %s', (change, code) => {
    const attempt = () => decidePlacement({ ...orderable, ...change }, now)
    expect(attempt).toThrow(Refusal)
    expect(attempt).toThrow(expect.objectContaining({ code }))
  })
})

test('orders are accepted from the opening instant until the millisecond before the cut-off', () => {
  expect(placementRefusal(orderable, new Date(cutoffAt.getTime() - 1))).toBeUndefined()
  expect(placementRefusal(orderable, cutoffAt)).toBe('cutoff_passed')
  expect(placementRefusal(orderable, opensAt)).toBeUndefined()
  expect(placementRefusal(orderable, new Date(opensAt.getTime() - 1))).toBe('listing_not_open_yet')
  const upcoming = { ...orderable, listingState: 'upcoming' } as const
  expect(placementRefusal(upcoming, opensAt)).toBeUndefined()
})

/** The documented precedence, written by hand. */
function expected(facts: PlacementFacts): RefusalCode | undefined {
  const { listingState: state } = facts
  if (facts.ownBackorderId !== undefined) return 'already_yours'
  if (!['upcoming', 'open', 'closed', 'dropping'].includes(state)) return 'listing_closed'
  if (now >= facts.cutoffAt) return 'cutoff_passed'
  if (state === 'closed' || state === 'dropping') return 'listing_closed'
  if (!facts.zoneEnabled) return 'zone_disabled'
  if (facts.blocked) return 'name_blocked'
  if (facts.premium) return 'name_premium'
  if (facts.reserved) return 'name_reserved'
  if (facts.suspect) return 'name_suspect'
  if (facts.held) return 'name_taken'
  if (!facts.priced) return 'price_unavailable'
  if (now < facts.opensAt) return 'listing_not_open_yet'
  return undefined
}

test('of several grounds the first by precedence is returned', () => {
  const states: ListingState[] = ['upcoming', 'open', 'closed', 'dropping', 'caught', 'withdrawn', 'unsold']
  const around = fc.constantFrom(-3_600_000, 0, 3_600_000).map((ms) => new Date(now.getTime() + ms))
  const anyFacts: fc.Arbitrary<PlacementFacts> = fc.record({
    listingState: fc.constantFrom(...states),
    zoneEnabled: fc.boolean(),
    premium: fc.boolean(),
    reserved: fc.boolean(),
    suspect: fc.boolean(),
    blocked: fc.boolean(),
    opensAt: around,
    cutoffAt: around,
    held: fc.boolean(),
    ownBackorderId: fc.option(fc.constant('b1'), { nil: undefined }),
    priced: fc.boolean(),
  })
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(placementRefusal(facts, now)).toBe(expected(facts))
    }),
    { numRuns: 2_000 },
  )
})

const NOW = new Date('2026-11-24T12:00:00Z')
const inMs = (ms: number) => new Date(NOW.getTime() + ms)
const facts = { cutoffAt: inMs(3_600_000), heldBefore: false, openHolds: 2, openHoldsMax: 3 }

test('a hold lasts 15 minutes', () => {
  expect(decideHold(facts, NOW)).toEqual(inMs(15 * 60_000))
})

test('a hold ends 5 minutes before the cut-off at the latest', () => {
  expect(decideHold({ ...facts, cutoffAt: inMs(HOLD_MS) }, NOW)).toEqual(inMs(10 * 60_000))
})

test('a hold that leaves just enough time to pay is given', () => {
  expect(decideHold({ ...facts, cutoffAt: inMs(HOLD_MARGIN_MS + HOLD_MS_MIN) }, NOW)).toEqual(
    inMs(HOLD_MS_MIN),
  )
})

test.each([
  ['hold_too_late', { ...facts, cutoffAt: inMs(HOLD_MARGIN_MS) }],
  ['hold_too_late', { ...facts, cutoffAt: inMs(HOLD_MARGIN_MS + HOLD_MS_MIN - 1) }],
  ['hold_limit_reached', { ...facts, openHolds: 3 }],
  ['hold_not_available', { ...facts, heldBefore: true }],
])('%s', (code, refused) => {
  expect(() => decideHold(refused, NOW)).toThrow(expect.objectContaining({ code }))
})
