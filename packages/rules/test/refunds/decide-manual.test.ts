import { expect, test } from 'vitest'
import { backorderMachine } from '../../src/machines/backorder.ts'
import { statesOf } from '../../src/machines/machine.ts'
import { renewalMachine } from '../../src/machines/renewal.ts'
import {
  decideApproval,
  decideProposal,
  decideTopUpRefund,
  refundActions,
  refundableMinor,
  requireDecidableRefund,
  requireWithinSingleApproverLimit,
} from '../../src/refunds/manual.ts'

const paid = {
  purpose: 'backorder',
  paymentState: 'succeeded',
  secures: true,
  backorderState: 'successful',
  capturedMinor: 1_900n,
  refundedMinor: 900n,
} as const
const renewed = {
  ...paid,
  purpose: 'renewal',
  backorderState: undefined,
  renewalState: 'successful',
} as const
const toppedUp = { ...paid, purpose: 'top_up', secures: false, backorderState: undefined } as const
const proposed = { state: 'proposed', cause: 'manual', proposedBy: 'a' } as const

test('up to what remains can be proposed, and not a cent more', () => {
  expect(() => decideProposal(paid, 1_000n)).not.toThrow()
  for (const amount of [1_001n, 0n, -1n]) {
    const exceeded = { code: 'refund_exceeds_remaining', facts: { remaining_minor: 1_000 } }
    expect(() => decideProposal(paid, amount)).toThrow(expect.objectContaining(exceeded))
  }
})

test('before the result is known nothing can be refunded', () => {
  const refundable = statesOf(backorderMachine).filter(
    (backorderState) => refundableMinor({ ...paid, backorderState }) > 0n,
  )
  expect(refundable).toEqual(['successful', 'failed', 'expired'])
  expect(() => decideProposal({ ...paid, backorderState: 'registering' }, 1n)).toThrow(
    expect.objectContaining({ code: 'backorder_undecided' }),
  )
  const renewals = statesOf(renewalMachine).filter(
    (renewalState) => refundableMinor({ ...renewed, renewalState }) > 0n,
  )
  expect(renewals).toEqual(['successful', 'failed', 'expired'])
  expect(() => decideProposal({ ...renewed, renewalState: 'renewing' }, 1n)).toThrow(
    expect.objectContaining({ code: 'renewal_undecided', facts: { renewal_state: 'renewing' } }),
  )
})

test('what secures nothing goes back by itself, and of a top-up that its bank took back nothing remains', () => {
  expect(refundableMinor({ ...paid, secures: false })).toBe(0n)
  expect(refundableMinor(toppedUp)).toBe(1_000n)
  expect(refundableMinor({ ...toppedUp, paymentState: 'charged_back' })).toBe(0n)
  expect(refundableMinor({ ...paid, paymentState: 'charged_back' })).toBe(1_000n)
})

test('a top-up goes to its card or nowhere, and no further than the credit', () => {
  const refund = { amountMinor: 500n, destination: 'original_payment', balanceMinor: 300n } as const
  expect(() => decideTopUpRefund({ ...refund, creditLimitMinor: 200n })).not.toThrow()
  expect(() => decideTopUpRefund({ ...refund, creditLimitMinor: 199n })).toThrow(
    expect.objectContaining({ code: 'refund_exceeds_balance', facts: { available_minor: 499 } }),
  )
  const toBalance = { ...refund, destination: 'balance', creditLimitMinor: 900n } as const
  expect(() => decideTopUpRefund(toBalance)).toThrow(
    expect.objectContaining({ code: 'refund_stays_on_balance' }),
  )
})

test('a proposal is decided once, and by another person', () => {
  expect(() => requireDecidableRefund(proposed, 'b')).not.toThrow()
  expect(() => requireDecidableRefund(proposed, 'a')).toThrow(
    expect.objectContaining({ code: 'decider_is_proposer' }),
  )
  expect(() => requireDecidableRefund({ ...proposed, state: 'rejected' }, 'b')).toThrow(
    expect.objectContaining({ code: 'refund_already_decided' }),
  )
})

test('buttons are for another person with the role, while it is proposed', () => {
  const roles = ['finance_approver'] as const
  expect(refundActions({ ...proposed, isRetried: false }, { staffId: 'b', roles })).toEqual([
    'approve',
    'reject',
  ])
  expect(refundActions({ ...proposed, isRetried: false }, { staffId: 'a', roles })).toEqual([])
  expect(refundActions({ ...proposed, isRetried: false }, { staffId: 'b', roles: ['finance'] })).toEqual([])
  expect(
    refundActions({ ...proposed, state: 'succeeded', isRetried: false }, { staffId: 'b', roles }),
  ).toEqual([])
})

test('a failed refund is sent again by finance, once at a time, and by whoever proposed it too', () => {
  const failed = { ...proposed, state: 'failed', isRetried: false } as const
  expect(refundActions(failed, { staffId: 'a', roles: ['finance'] })).toEqual(['retry'])
  expect(refundActions({ ...failed, isRetried: true }, { staffId: 'a', roles: ['finance'] })).toEqual([])
  expect(refundActions(failed, { staffId: 'b', roles: ['operator', 'admin'] })).toEqual([])
})

const NOW = new Date('2026-11-24T12:00:00Z')

test('an approval is of the terms that were seen, within their time', () => {
  const seen = { expiresAt: new Date(NOW.getTime() + 1), termsHash: 'a', seenHash: 'a' }
  expect(() => decideApproval(seen, NOW)).not.toThrow()
  expect(() => decideApproval({ ...seen, seenHash: 'b' }, NOW)).toThrow(
    expect.objectContaining({ code: 'refund_changed' }),
  )
  expect(() => decideApproval({ ...seen, expiresAt: NOW }, NOW)).toThrow(
    expect.objectContaining({ code: 'refund_expired' }),
  )
})

test('one person alone stays within the limit, over all that was refunded of a payment that way', () => {
  const limit = { amountMinor: 3_000n, aloneBeforeMinor: 2_000n, limitMinor: 5_000n }
  expect(() => requireWithinSingleApproverLimit(limit)).not.toThrow()
  expect(() => requireWithinSingleApproverLimit({ ...limit, amountMinor: 3_001n })).toThrow(
    expect.objectContaining({ code: 'refund_needs_approval' }),
  )
})
