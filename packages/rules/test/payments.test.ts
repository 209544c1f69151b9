import { expect, test } from 'vitest'
import type { BackorderState } from '../src/machines/backorder.ts'
import { statesOf } from '../src/machines/machine.ts'
import { type PaymentState, paymentMachine } from '../src/machines/payment.ts'
import {
  decideAnotherPayment,
  decideReceipt,
  followProvider,
  PAYMENTS_PER_ORDER_MAX,
  type ReceiptFacts,
  TRY_AGAIN_MS_MAX,
  tryAgainMs,
} from '../src/payments.ts'
import type { IntentState } from '../src/ports/payments.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const listing = {
  listingState: 'open',
  zoneEnabled: true,
  premium: false,
  reserved: false,
  suspect: false,
  blocked: false,
  opensAt: at(-60),
  cutoffAt: at(60),
  held: true,
  priced: true,
} as const
const held: ReceiptFacts = {
  capturedMinor: 1_900n,
  agreedMinor: 1_900n,
  priceMinor: 1_900n,
  backorder: { state: 'pending_payment', holdsListing: true, expiredReason: null },
  securedByAnother: false,
  listing,
}
const expired: ReceiptFacts = {
  ...held,
  backorder: { state: 'expired', holdsListing: false, expiredReason: 'lapsed' },
  listing: { ...listing, held: false },
}
const late = { kind: 'refund', cause: 'late_payment' }

const on = (facts: ReceiptFacts, changes: Partial<ReceiptFacts['listing']>): ReceiptFacts => ({
  ...facts,
  listing: { ...facts.listing, ...changes },
})

test('the money of a hold secures it, at the price that was agreed', () => {
  expect(decideReceipt(held, NOW)).toEqual({ kind: 'secure' })
  expect(decideReceipt({ ...held, priceMinor: 5n }, NOW)).toEqual({ kind: 'secure' })
})

test('a disabled zone and a suspect listing stop new orders, not the one that is held', () => {
  expect(decideReceipt(on(held, { zoneEnabled: false, suspect: true }), NOW)).toEqual({ kind: 'secure' })
})

test.each([
  ['at the cut-off', on(held, { cutoffAt: NOW })],
  ['on a closed listing', on(held, { listingState: 'closed' })],
  ['on a premium name', on(held, { premium: true })],
  [
    'when the hold has lost its listing',
    { ...held, backorder: { state: 'pending_payment', holdsListing: false, expiredReason: null } },
  ],
  ['of another amount', { ...held, capturedMinor: 1_899n }],
] as const)('money %s is refunded as late', (_, facts) => {
  expect(decideReceipt(facts, NOW)).toEqual(late)
})

test('money after the hold claims the name again where anybody could', () => {
  expect(decideReceipt(expired, NOW)).toEqual({ kind: 'claim' })
  const { backorder: _, ...unheld } = expired
  expect(decideReceipt(unheld, NOW)).toEqual({ kind: 'claim' })
})

test('a payment of a released order is refunded, although the name is free', () => {
  const released = { state: 'expired', holdsListing: false, expiredReason: 'released' } as const
  expect(decideReceipt({ ...expired, backorder: released }, NOW)).toEqual(late)
})

test.each([
  ['was taken', on(expired, { held: true })],
  ['is premium', on(expired, { premium: true })],
  ['is reserved', on(expired, { reserved: true })],
  ['is being checked', on(expired, { suspect: true })],
  ['is in a disabled zone', on(expired, { zoneEnabled: false })],
  ['has closed', on(expired, { listingState: 'closed' })],
  ['has ended', on(expired, { listingState: 'withdrawn' })],
  ['is past its cut-off', on(expired, { cutoffAt: NOW })],
  ['costs more now', { ...expired, priceMinor: 2_000n }],
  ['costs less now', { ...expired, priceMinor: 1_800n }],
] as const)('money after the hold goes back when the name %s', (_, facts) => {
  expect(decideReceipt(facts, NOW)).toEqual(late)
})

const securedStates: readonly BackorderState[] = ['backordered', 'registering', 'successful', 'failed']

test.each(securedStates)('a second payment of an order that is %s is refunded as a duplicate', (state) => {
  const second = {
    ...held,
    backorder: { state, holdsListing: true, expiredReason: null },
    securedByAnother: true,
  }
  expect(decideReceipt(second, NOW)).toEqual({ kind: 'refund', cause: 'duplicate_payment' })
})

const payBy = new Date('2026-11-24T12:00:01Z')
const waiting = { state: 'pending_payment', payBy, tries: BigInt(PAYMENTS_PER_ORDER_MAX - 1) }

test('an unpaid order takes another payment, within the time it has', () => {
  expect(decideAnotherPayment(waiting, NOW)).toBe(payBy)
})

test.each([
  ['it is paid', { state: 'paid' }],
  ['its time is over', { payBy: NOW }],
  ['it was paid at once', { payBy: null }],
  ['it had too many payments', { tries: BigInt(PAYMENTS_PER_ORDER_MAX) }],
])('it takes none when %s', (_, change) => {
  expect(() => decideAnotherPayment({ ...waiting, ...change }, NOW)).toThrow(
    expect.objectContaining({ code: 'payment_ended' }),
  )
})

const reported: readonly IntentState[] = ['requires_action', 'processing', 'succeeded', 'failed', 'canceled']
const unpaid: readonly PaymentState[] = ['requires_action', 'processing', 'failed']
const paid: readonly PaymentState[] = ['succeeded', 'disputed', 'charged_back']

const pairs = (states: readonly PaymentState[]) =>
  states.flatMap((ours) => reported.map((state) => [ours, state] as const))

test.each(pairs(unpaid))('a payment of ours that is %s follows the provider to %s', (ours, state) => {
  const moved = { kind: 'moved', state }
  expect(followProvider(ours, state)).toEqual(ours === state ? { kind: 'known' } : moved)
})

test.each(pairs(paid))('captured money stays captured: ours %s, reported %s', (ours, state) => {
  expect(followProvider(ours, state)).toEqual({ kind: 'known' })
})

test.each(reported)(
  'a cancelled payment that is reported as %s stays cancelled, or needs a person',
  (state) => {
    expect(followProvider('canceled', state).kind).toBe(state === 'succeeded' ? 'contradiction' : 'known')
  },
)

test('these tests cover every state of the machine', () => {
  expect([...unpaid, ...paid, 'canceled'].toSorted()).toEqual([...statesOf(paymentMachine)].toSorted())
})

test('a pause doubles with each attempt, up to an hour', () => {
  expect([1, 2, 3, 4].map(tryAgainMs)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(tryAgainMs(20)).toBe(TRY_AGAIN_MS_MAX)
  expect(tryAgainMs(1_000_000)).toBe(TRY_AGAIN_MS_MAX)
  expect(tryAgainMs(0)).toBe(5_000)
})
