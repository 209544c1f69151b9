import { failures } from '@droplock/rules/machines/backorder'
import { expect, test } from 'vitest'
import {
  outcomeOf,
  placeOf,
  refundedOf,
  refundSentence,
  spanOf,
  whoWasFirst,
} from '../../../src/pages/orders/outcome.ts'
import { en } from '../../../src/pages/texts/en.ts'
import { zh } from '../../../src/pages/texts/zh.ts'

test.each(Object.values(failures))(
  'an order that failed as %s has words of its own in both languages',
  (reason) => {
    const outcome = outcomeOf({ state: 'failed', failure_reason: reason })
    expect(outcome).toBe(reason)
    for (const { orders } of [en, zh]) {
      expect(orders.outcomes[reason].text).not.toBe('')
      expect(orders.short[reason]).not.toBe('')
      expect(orders.timeline.reasons[reason]).not.toBe('')
    }
  },
)

test.each(['lapsed', 'released', 'listing_ended'] as const)(
  'an order that expired as %s has words of its own in both languages',
  (reason) => {
    expect(outcomeOf({ state: 'expired', expired_reason: reason })).toBe(reason)
    for (const { orders } of [en, zh]) expect(orders.outcomes[reason].title).not.toBe('')
  },
)

test.each([
  [undefined, undefined],
  [{ result: 'registered' }, { kind: 'us', at: '2026-02-15T13:00:00.000Z' }],
  [{ result: 'lost' }, { kind: 'other', holder: undefined, at: undefined }],
  [
    { result: 'lost', holder_clid: 'rival', winner_created_at: '2026-02-15T12:59:59.990Z' },
    { kind: 'other', holder: 'rival', at: '2026-02-15T12:59:59.990Z' },
  ],
  [{ result: 'missed' }, { kind: 'nobody', reason: 'missed' }],
  [{ result: 'premium' }, { kind: 'nobody', reason: 'premium' }],
] as const)('of the outcome %j the first was %j', (outcome, first) => {
  const settled_at = '2026-02-15T13:00:00.000Z'
  expect(whoWasFirst({ settled_at, ...(outcome && { outcome }) })).toEqual(first)
})

test('by how much a name was lost is said with no more than is known', () => {
  expect(spanOf({ min_ms: -3, max_ms: 12 })).toEqual({ kind: 'at_most', ms: 12 })
  expect(spanOf({ min_ms: 0, max_ms: 12 })).toEqual({ kind: 'at_most', ms: 12 })
  expect(spanOf({ min_ms: 7, max_ms: 12 })).toEqual({ kind: 'between', fromMs: 7, toMs: 12 })
})

test.each([
  ['approved', 'original_payment', 'card', 'under_way_card'],
  ['processing', 'original_payment', 'card', 'under_way_card'],
  ['succeeded', 'original_payment', 'card', 'done_card'],
  // Back to the balance that it was paid from.
  ['succeeded', 'original_payment', 'balance', 'done_balance'],
  ['succeeded', 'balance', 'card', 'done_balance'],
  ['failed', 'original_payment', 'card', 'failed'],
] as const)(
  'a refund that is %s to %s of a payment by %s is described as %s',
  (state, destination, method, sentence) => {
    expect(refundSentence({ state, destination, method })).toBe(sentence)
    expect(sentence.endsWith(placeOf({ state, destination, method })) || sentence === 'failed').toBe(true)
  },
)

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

test('what is on its way back is the sum of the refunds that were not refused', () => {
  expect(refundedOf([])).toBeUndefined()
  expect(refundedOf([{ state: 'failed', amount: usd(1_900) }])).toBeUndefined()
  expect(
    refundedOf([
      { state: 'failed', amount: usd(1_900) },
      { state: 'succeeded', amount: usd(1_900) },
      { state: 'approved', amount: usd(100) },
    ]),
  ).toEqual(usd(2_000))
})
