import { expect, test } from 'vitest'
import { decideDestination } from '../../src/refunds/decide-destination.ts'

test.each(['balance', 'card'] as const)(
  'an account that owes a cent gets all of it on its balance (%s)',
  (method) => {
    expect(decideDestination({ balanceMinor: -1n, method })).toEqual({
      destination: 'balance',
      creditedTo: 'customer_balance',
    })
  },
)

test.each([0n, 5_000n])(
  'an account with %s on its balance gets a card payment back by card',
  (balanceMinor) => {
    expect(decideDestination({ balanceMinor, method: 'card' })).toEqual({
      destination: 'original_payment',
      creditedTo: 'refunds_payable',
    })
  },
)

test('what was paid from the balance goes back the way it was paid: to the balance', () => {
  expect(decideDestination({ balanceMinor: 0n, method: 'balance' })).toEqual({
    destination: 'original_payment',
    creditedTo: 'customer_balance',
  })
})
