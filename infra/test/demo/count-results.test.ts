import { expect, test } from 'vitest'
import type { Backorder } from '../../src/demo/gateway.ts'
import { countResults, failedPrices } from '../../src/demo/result.ts'
import type { Truth } from '../../src/environment/simulator.ts'

const crDate = '2026-02-09T12:00:00.123Z'
const price = { amount_minor: 1_900, currency: 'USD' }
const caught: Backorder = {
  id: '1',
  name: 'caught.pl',
  state: 'successful',
  price,
  settled_at: crDate,
  refunds: [],
}
const lost: Backorder = {
  id: '2',
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
  const waiting = { ...lost, refunds: [{ state: 'processing', amount: price }] }
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
