import { describe, expect, test } from 'vitest'
import { brokenInvariants, type Expected, type Summary } from '../../src/demo/result.ts'

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
  test(`is told of ${JSON.stringify(change)}`, () => {
    expect(brokenInvariants({ ...sound, ...change }, expected)).toContain(broken)
  })
})
