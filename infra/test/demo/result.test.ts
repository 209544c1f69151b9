import { describe, expect, test } from 'vitest'
import type { Backorder } from '../../src/demo/backorders.ts'
import {
  brokenInvariants,
  countResults,
  type Expected,
  failedPrices,
  type Summary,
} from '../../src/demo/result.ts'
import type { Truth } from '../../src/environment/simulator.ts'

const crDate = '2026-02-09T12:00:00.123Z'
const price = { amount_minor: 1_900, currency: 'USD' }
const caught: Backorder = {
  name: 'caught.pl',
  state: 'successful',
  price,
  settled_at: crDate,
  refunds: [],
}
const lost: Backorder = {
  name: 'lost.pl',
  state: 'failed',
  price,
  failure_reason: 'lost',
  refunds: [{ state: 'succeeded', amount: price }],
}
const ours: Truth = {
  name: 'caught.pl',
  winner: { clID: 'droplock', crDate },
  arrivals: [
    { clID: 'droplock', code: 2302 },
    { clID: 'droplock', code: 1000 },
  ],
}
const theirs: Truth = {
  name: 'lost.pl',
  winner: { clID: 'rival-a', crDate },
  arrivals: [{ clID: 'rival-a', code: 1000 }, { clID: 'droplock' }],
}
const attempts = [
  { name: 'caught.pl', status: 201, id: '1' },
  { name: 'caught.pl', status: 409, code: 'name_taken' },
  { name: 'lost.pl', status: 409, code: 'name_taken' },
  { name: 'lost.pl', status: 201, id: '2' },
]
const seen = { attempts, backorders: [caught, lost], truth: [ours, theirs] }

test('orders, conflicts, outcomes and refunds are counted from what was seen', () => {
  expect(countResults(seen)).toEqual({
    attempts: 4,
    orders_won: 2,
    conflicts: 2,
    caught: 1,
    lost: 1,
    missed: 0,
    premium: 0,
    withdrawn: 0,
    refused: 0,
    refunded: 1,
    refund_minor: { USD: 1_900 },
    double_winners: 0,
    settled_at_mismatches: 0,
  })
  expect(failedPrices(seen.backorders)).toEqual({ USD: 1_900 })
})

test('an answer that is no conflict is counted as an attempt alone', () => {
  const poor = { name: 'dear.pl', status: 402, code: 'insufficient_balance' }
  expect(countResults({ ...seen, attempts: [...attempts, poor] })).toMatchObject({
    attempts: 5,
    conflicts: 2,
  })
})

test('a refund that is only under way is not counted', () => {
  const waiting: Backorder = { ...lost, refunds: [{ state: 'processing', amount: price }] }
  expect(countResults({ ...seen, backorders: [caught, waiting] })).toMatchObject({
    refunded: 0,
    refund_minor: {},
  })
})

test('one name promised to two resellers is a double winner', () => {
  const twice = [...attempts, { name: 'lost.pl', status: 201, id: '3' }]
  expect(countResults({ ...seen, attempts: twice }).double_winners).toBe(1)
})

test('one name that a registry gave away twice is a double winner', () => {
  const arrivals = [...theirs.arrivals, { clID: 'droplock', code: 1000 }]
  expect(countResults({ ...seen, truth: [ours, { ...theirs, arrivals }] }).double_winners).toBe(1)
})

test.each<[string, readonly Backorder[], readonly Truth[]]>([
  [
    'another second than the registry’s',
    [{ ...caught, settled_at: '2026-02-09T12:00:01.123Z' }, lost],
    [ours, theirs],
  ],
  ['a success of a name that a rival holds', [{ ...caught, name: 'lost.pl' }, lost], [ours, theirs]],
  ['a failure of a name that is ours', [caught, { ...lost, name: 'caught.pl' }], [ours, theirs]],
  ['a name of which the registry knows nothing', [caught, lost], [ours]],
])('%s is a mismatch', (_, backorders, truth) => {
  expect(countResults({ ...seen, backorders, truth }).settled_at_mismatches).toBe(1)
})

const sound: Summary = {
  feed_rows: 1_000,
  rejected: 10,
  listings: 980,
  attempts: 90,
  orders_won: 30,
  conflicts: 60,
  caught: 5,
  lost: 5,
  missed: 5,
  premium: 5,
  withdrawn: 5,
  refused: 5,
  refunded: 25,
  refund_minor: { USD: 25_000 },
  escrow_minor: { USD: 0, EUR: 0 },
  ledger_sum_minor: { USD: 0, EUR: 0 },
  double_winners: 0,
  limit_violations: 0,
  settled_at_mismatches: 0,
  duration_ms: 40_000,
}
const expected: Expected = {
  names: 30,
  resellers: 3,
  perOutcomeMin: 5,
  failedPriceMinor: { USD: 25_000 },
  durationMsMax: 60_000,
}

test('a sound result breaks no invariant', () => {
  expect(brokenInvariants(sound, expected)).toEqual([])
})

describe.each<[string, Partial<Summary>]>([
  ['the lists became no listings', { listings: 0 }],
  ['the lists became no listings', { feed_rows: 0 }],
  ['more listings than accepted rows', { listings: 991 }],
  ['not every reseller tried every name', { attempts: 89 }],
  ['not every name was won by exactly one reseller', { orders_won: 29 }],
  ['an attempt was neither won nor a conflict', { conflicts: 59 }],
  ['the six outcomes do not add up to the orders won', { caught: 6 }],
  ['fewer than 5 names were caught', { caught: 4, lost: 6, refunded: 26 }],
  ['fewer than 5 names were lost', { lost: 4, caught: 6, refunded: 24 }],
  ['fewer than 5 names were missed', { missed: 4, caught: 6, refunded: 24 }],
  ['fewer than 5 names were premium', { premium: 4, caught: 6, refunded: 24 }],
  ['fewer than 5 names were withdrawn', { withdrawn: 4, caught: 6, refunded: 24 }],
  ['fewer than 5 names were refused', { refused: 4, caught: 6, refunded: 24 }],
  ['refunds and failures differ in number', { refunded: 24 }],
  ['refunds and failed orders differ in money', { refund_minor: { USD: 24_999 } }],
  ['refunds and failed orders differ in money', { refund_minor: { USD: 25_000, CNY: 1 } }],
  ['refunds and failed orders differ in money', { refund_minor: {} }],
  ['money is left in escrow', { escrow_minor: { USD: 0, EUR: 1 } }],
  ['the ledger does not sum to zero', { ledger_sum_minor: { USD: -1, EUR: 1 } }],
  ['a name was won twice', { double_winners: 1 }],
  ['a limit of a registry was crossed', { limit_violations: 1 }],
  ['a settlement is not what the registry holds', { settled_at_mismatches: 1 }],
  ['it took longer than 60000 ms', { duration_ms: 60_001 }],
])('%s', (broken, change) => {
  test(`is reported for ${JSON.stringify(change)}`, () => {
    expect(brokenInvariants({ ...sound, ...change }, expected)).toContain(broken)
  })
})
