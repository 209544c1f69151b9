import { expect, test } from 'vitest'
import { decideAnotherPayment, PAYMENTS_PER_ORDER_MAX } from '../../src/payments.ts'

const now = new Date('2026-11-24T12:00:00Z')
const payBy = new Date('2026-11-24T12:00:01Z')
const waiting = { state: 'pending_payment', payBy, tries: BigInt(PAYMENTS_PER_ORDER_MAX - 1) }

test('an order that waits takes another payment, within the time it has', () => {
  expect(decideAnotherPayment(waiting, now)).toBe(payBy)
})

test.each([
  ['it is paid', { state: 'paid' }],
  ['its time is over', { payBy: now }],
  ['it never waited', { payBy: null }],
  ['there were too many tries', { tries: BigInt(PAYMENTS_PER_ORDER_MAX) }],
])('it takes none when %s', (_, change) => {
  expect(() => decideAnotherPayment({ ...waiting, ...change }, now)).toThrow(
    expect.objectContaining({ code: 'payment_ended' }),
  )
})
