import { expect, test } from 'vitest'
import type { BackorderState } from '../../src/machines/backorder.ts'
import { decideReceipt, type ReceiptFacts } from '../../src/payments.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const listing = {
  listingState: 'open',
  zoneEnabled: true,
  premium: false,
  reserved: false,
  suspect: false,
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

test('a zone that was disabled, and a name that is being checked, stop new orders and not the one that is held', () => {
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
] as const)('money %s goes back as late', (_, facts) => {
  expect(decideReceipt(facts, NOW)).toEqual(late)
})

test('money after the hold claims the name again where anybody could', () => {
  expect(decideReceipt(expired, NOW)).toEqual({ kind: 'claim' })
  const { backorder: _, ...unheld } = expired
  expect(decideReceipt(unheld, NOW)).toEqual({ kind: 'claim' })
})

test('money of an order that was released goes back, though the name is free', () => {
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

const states: readonly BackorderState[] = ['backordered', 'registering', 'successful', 'failed']

test.each(states)('a second payment of an order that is %s goes back as a duplicate', (state) => {
  const second = {
    ...held,
    backorder: { state, holdsListing: true, expiredReason: null },
    securedByAnother: true,
  }
  expect(decideReceipt(second, NOW)).toEqual({ kind: 'refund', cause: 'duplicate_payment' })
})
