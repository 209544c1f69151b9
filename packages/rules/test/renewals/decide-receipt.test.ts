import { expect, test } from 'vitest'
import type { RenewalState } from '../../src/machines/renewal.ts'
import { decideRenewalReceipt } from '../../src/renewals.ts'

const facts = {
  capturedMinor: 1_500n,
  agreedMinor: 1_500n,
  state: 'pending_payment',
  securedByAnother: false,
} as const

test('money in full pays a renewal that waits for it', () => {
  expect(decideRenewalReceipt(facts)).toEqual({ kind: 'secure' })
})

test('a second payment goes back, whatever became of the first', () => {
  for (const state of ['paid', 'renewing', 'successful', 'failed'] as const) {
    expect(decideRenewalReceipt({ ...facts, state, securedByAnother: true })).toEqual({
      kind: 'refund',
      cause: 'duplicate_payment',
    })
  }
})

test.each<[string, RenewalState, bigint]>([
  ['comes after the end', 'expired', 1_500n],
  ['is not the price', 'pending_payment', 1_499n],
])('money that %s goes back', (_, state, capturedMinor) => {
  expect(decideRenewalReceipt({ ...facts, state, capturedMinor })).toEqual({
    kind: 'refund',
    cause: 'late_payment',
  })
})
