import { expect, test } from 'vitest'
import { planFunding, type RefundSource } from '../../src/refunds/plan-funding.ts'

const sources: readonly RefundSource[] = ['escrow', 'revenue', 'refunds_payable', 'unapplied_receipts']

test.each(sources)('money of %s for the balance is there at once', (source) => {
  const done = { state: 'succeeded', to: 'customer_balance' }
  expect(planFunding('balance', 'card', source)).toEqual(done)
  expect(planFunding('original_payment', 'balance', source)).toEqual(done)
})

test.each(['escrow', 'revenue'] as const)('money of %s for a card waits as payable', (source) => {
  expect(planFunding('original_payment', 'card', source)).toEqual({
    state: 'approved',
    to: 'refunds_payable',
  })
})

test.each(['refunds_payable', 'unapplied_receipts'] as const)(
  'money that waits as %s stays there until the card has it',
  (source) => {
    expect(planFunding('original_payment', 'card', source)).toEqual({ state: 'approved' })
  },
)
