import { expect, test } from 'vitest'
import {
  decideDestination,
  decideManualDestination,
  isSameDestination,
} from '../../src/refunds/destination.ts'

const methods = ['balance', 'card'] as const

test.each(methods)('an account that owes a cent gets all of it on its balance (%s)', (method) => {
  expect(decideDestination({ balanceMinor: -1n, method })).toBe('balance')
})

test.each([0n, 5_000n])('an account with %s on its balance gets it back the way it paid', (balanceMinor) => {
  for (const method of methods) {
    expect(decideDestination({ balanceMinor, method })).toBe('original_payment')
  }
})

test('a card payment that the bank returned is made good on the balance, which bore it', () => {
  const facts = { balanceMinor: 5_000n, method: 'card' } as const
  expect(decideDestination({ ...facts, chargedBack: true })).toBe('balance')
})

test('for what was paid from the balance both destinations are the balance; for a card they are two', () => {
  expect(isSameDestination('balance', 'original_payment', 'balance')).toBe(true)
  expect(isSameDestination('balance', 'original_payment', 'card')).toBe(false)
  expect(isSameDestination('balance', 'balance', 'card')).toBe(true)
})

test('a top-up goes back to its card while the balance has all of it; any other payment asks whether the account owes', () => {
  const topUp = { purpose: 'top_up', method: 'card', amountMinor: 500n } as const
  expect(decideManualDestination({ ...topUp, balanceMinor: 500n })).toBe('original_payment')
  expect(decideManualDestination({ ...topUp, balanceMinor: 499n })).toBe('balance')
  expect(decideManualDestination({ ...topUp, balanceMinor: 500n, chargedBack: true })).toBe('balance')
  const renewal = { ...topUp, purpose: 'renewal' } as const
  expect(decideManualDestination({ ...renewal, balanceMinor: 0n })).toBe('original_payment')
  expect(decideManualDestination({ ...renewal, balanceMinor: -1n })).toBe('balance')
})
