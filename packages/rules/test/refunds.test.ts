import { expect, test } from 'vitest'
import { backorderMachine } from '../src/machines/backorder.ts'
import { statesOf } from '../src/machines/machine.ts'
import { renewalMachine } from '../src/machines/renewal.ts'
import {
  decideDestination,
  decideManualDestination,
  isSameDestination,
  manualSource,
  planFunding,
  type RefundSource,
  waitingLedgerAccount,
} from '../src/refunds/destination.ts'
import {
  decideApproval,
  decideProposal,
  decideTopUpRefund,
  refundActions,
  refundableMinor,
  requireDecidableRefund,
  requireWithinSingleApproverLimit,
} from '../src/refunds/manual.ts'

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

test('up to the remaining amount can be proposed, and not a cent more', () => {
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

test('a payment that secures nothing, or a charged-back top-up, has nothing left to refund', () => {
  expect(refundableMinor({ ...paid, secures: false })).toBe(0n)
  expect(refundableMinor(toppedUp)).toBe(1_000n)
  expect(refundableMinor({ ...toppedUp, paymentState: 'charged_back' })).toBe(0n)
  expect(refundableMinor({ ...paid, paymentState: 'charged_back' })).toBe(1_000n)
})

test('a top-up is refunded to its card only, within balance and credit', () => {
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

test('approve and reject are offered to another person with the role, while it is proposed', () => {
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

test('finance can retry a failed refund, once at a time, even its proposer', () => {
  const failed = { ...proposed, state: 'failed', isRetried: false } as const
  expect(refundActions(failed, { staffId: 'a', roles: ['finance'] })).toEqual(['retry'])
  expect(refundActions({ ...failed, isRetried: true }, { staffId: 'a', roles: ['finance'] })).toEqual([])
  expect(refundActions(failed, { staffId: 'b', roles: ['operator', 'admin'] })).toEqual([])
})

const NOW = new Date('2026-11-24T12:00:00Z')

test('an approval needs the terms that were seen, before they expire', () => {
  const seen = { expiresAt: new Date(NOW.getTime() + 1), termsHash: 'a', seenHash: 'a' }
  expect(() => decideApproval(seen, NOW)).not.toThrow()
  expect(() => decideApproval({ ...seen, seenHash: 'b' }, NOW)).toThrow(
    expect.objectContaining({ code: 'refund_changed' }),
  )
  expect(() => decideApproval({ ...seen, expiresAt: NOW }, NOW)).toThrow(
    expect.objectContaining({ code: 'refund_expired' }),
  )
})

test('single approvers stay within the limit, over all their refunds of a payment', () => {
  const limit = { amountMinor: 3_000n, aloneBeforeMinor: 2_000n, limitMinor: 5_000n }
  expect(() => requireWithinSingleApproverLimit(limit)).not.toThrow()
  expect(() => requireWithinSingleApproverLimit({ ...limit, amountMinor: 3_001n })).toThrow(
    expect.objectContaining({ code: 'refund_needs_approval' }),
  )
})

const methods = ['balance', 'card'] as const

test.each(methods)('an account that owes one cent gets the whole refund on its balance (%s)', (method) => {
  expect(decideDestination({ balanceMinor: -1n, method })).toBe('balance')
})

test.each([0n, 5_000n])('an account with a balance of %s gets it back the way it paid', (balanceMinor) => {
  for (const method of methods) {
    expect(decideDestination({ balanceMinor, method })).toBe('original_payment')
  }
})

test('a refund of a charged-back payment goes to the balance, which was debited', () => {
  const facts = { balanceMinor: 5_000n, method: 'card' } as const
  expect(decideDestination({ ...facts, chargedBack: true })).toBe('balance')
})

test('for a payment from the balance both destinations are the balance; for a card they differ', () => {
  expect(isSameDestination('balance', 'original_payment', 'balance')).toBe(true)
  expect(isSameDestination('balance', 'original_payment', 'card')).toBe(false)
  expect(isSameDestination('balance', 'balance', 'card')).toBe(true)
})

test('a top-up goes back to its card while the balance covers it; for other payments it matters whether the account owes', () => {
  const topUp = { purpose: 'top_up', method: 'card', amountMinor: 500n } as const
  expect(decideManualDestination({ ...topUp, balanceMinor: 500n })).toBe('original_payment')
  expect(decideManualDestination({ ...topUp, balanceMinor: 499n })).toBe('balance')
  expect(decideManualDestination({ ...topUp, balanceMinor: 500n, chargedBack: true })).toBe('balance')
  const renewal = { ...topUp, purpose: 'renewal' } as const
  expect(decideManualDestination({ ...renewal, balanceMinor: 0n })).toBe('original_payment')
  expect(decideManualDestination({ ...renewal, balanceMinor: -1n })).toBe('balance')
})

const sources: readonly RefundSource[] = ['escrow', 'revenue', 'refunds_payable', 'unapplied_receipts']

test.each(sources)('money of %s for the balance moves at once', (source) => {
  const done = { state: 'succeeded', to: 'customer_balance' }
  expect(planFunding('balance', 'card', source)).toEqual(done)
  expect(planFunding('original_payment', 'balance', source)).toEqual(done)
})

test.each(['escrow', 'revenue', 'customer_balance'] as const)(
  'money of %s for a card waits as payable',
  (source) => {
    expect(planFunding('original_payment', 'card', source)).toEqual({
      state: 'approved',
      to: 'refunds_payable',
    })
  },
)

test.each(['refunds_payable', 'unapplied_receipts'] as const)(
  'money that waits as %s stays there until it reaches the card',
  (source) => {
    expect(planFunding('original_payment', 'card', source)).toEqual({ state: 'approved' })
  },
)

test('a manual refund is paid from revenue, or from the balance for a top-up', () => {
  expect(manualSource('backorder')).toBe('revenue')
  expect(manualSource('renewal')).toBe('revenue')
  expect(manualSource('top_up')).toBe('customer_balance')
})

test('money for a card waits as payable, unless it was never applied', () => {
  expect(waitingLedgerAccount({ purpose: 'renewal', secures: true })).toBe('refunds_payable')
  expect(waitingLedgerAccount({ purpose: 'top_up', secures: false })).toBe('refunds_payable')
  expect(waitingLedgerAccount({ purpose: 'backorder', secures: false })).toBe('unapplied_receipts')
})
