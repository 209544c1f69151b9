import { expect, test } from 'vitest'
import {
  manualSource,
  planFunding,
  type RefundSource,
  waitingLedgerAccount,
} from '../../src/refunds/destination.ts'

const sources: readonly RefundSource[] = ['escrow', 'revenue', 'refunds_payable', 'unapplied_receipts']

test.each(sources)('money of %s for the balance is there at once', (source) => {
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
  'money that waits as %s stays there until the card has it',
  (source) => {
    expect(planFunding('original_payment', 'card', source)).toEqual({ state: 'approved' })
  },
)

test('what a person refunds was earned, or is on the balance that it topped up', () => {
  expect(manualSource('backorder')).toBe('revenue')
  expect(manualSource('renewal')).toBe('revenue')
  expect(manualSource('top_up')).toBe('customer_balance')
})

test('money for a card waits as payable, but where it never was anything but unapplied', () => {
  expect(waitingLedgerAccount({ purpose: 'renewal', secures: true })).toBe('refunds_payable')
  expect(waitingLedgerAccount({ purpose: 'top_up', secures: false })).toBe('refunds_payable')
  expect(waitingLedgerAccount({ purpose: 'backorder', secures: false })).toBe('unapplied_receipts')
})
