import { expect, test } from 'vitest'
import { money } from '../../src/money.ts'
import { bookingsOf } from '../../src/reconciliation/provider-bookings.ts'

const usd = (minor: bigint) => money(minor, 'USD')
const none = usd(0n)

test('a payment books its fee, and one without a fee nothing', () => {
  const payment = { kind: 'payment', amount: usd(6_900n), settled: usd(6_900n) } as const
  expect(bookingsOf({ ...payment, fee: usd(230n) })).toEqual([{ kind: 'provider_fee', amount: usd(-230n) }])
  expect(bookingsOf({ ...payment, fee: none })).toEqual([])
})

test('a fee that is given back books what it adds', () => {
  const won = {
    kind: 'dispute_reversal',
    amount: usd(6_900n),
    settled: usd(6_900n),
    fee: usd(-1_500n),
  } as const
  expect(bookingsOf(won)).toEqual([{ kind: 'provider_fee', amount: usd(1_500n) }])
})

test('a fee that belongs to no payment books its amount, and its own fee with it', () => {
  expect(bookingsOf({ kind: 'fee', settled: usd(-250n), fee: none })).toEqual([
    { kind: 'provider_fee', amount: usd(-250n) },
  ])
  expect(bookingsOf({ kind: 'fee', settled: usd(-250n), fee: usd(20n) })).toEqual([
    { kind: 'provider_fee', amount: usd(-270n) },
  ])
})

test('a payout books what left, and one that came back what returned', () => {
  expect(bookingsOf({ kind: 'payout', settled: usd(-9_000n), fee: none })).toEqual([
    { kind: 'payout', amount: usd(-9_000n) },
  ])
  expect(bookingsOf({ kind: 'payout', settled: usd(9_000n), fee: usd(100n) })).toEqual([
    { kind: 'payout', amount: usd(9_000n) },
    { kind: 'provider_fee', amount: usd(-100n) },
  ])
})

test('a payment settled in another currency books that the one amount became the other', () => {
  const eur = money(5_000n, 'EUR')
  expect(bookingsOf({ kind: 'payment', amount: eur, settled: usd(5_400n), fee: usd(186n) })).toEqual([
    { kind: 'exchange_out', amount: money(-5_000n, 'EUR') },
    { kind: 'exchange_in', amount: usd(5_400n) },
    { kind: 'provider_fee', amount: usd(-186n) },
  ])
})
