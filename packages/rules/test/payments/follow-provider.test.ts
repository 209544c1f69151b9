import { expect, test } from 'vitest'
import { statesOf } from '../../src/machines/machine.ts'
import { type PaymentState, paymentMachine } from '../../src/machines/payment.ts'
import { followProvider } from '../../src/payments.ts'
import type { IntentState } from '../../src/ports/payments.ts'

const told: readonly IntentState[] = ['requires_action', 'processing', 'succeeded', 'failed', 'canceled']
const unpaid: readonly PaymentState[] = ['requires_action', 'processing', 'failed']
const paid: readonly PaymentState[] = ['succeeded', 'disputed', 'charged_back']

const pairs = (states: readonly PaymentState[]) =>
  states.flatMap((ours) => told.map((state) => [ours, state] as const))

test.each(pairs(unpaid))('a payment of ours that is %s follows the provider to %s', (ours, state) => {
  const moved = { kind: 'moved', state }
  expect(followProvider(ours, state)).toEqual(ours === state ? { kind: 'known' } : moved)
})

test.each(pairs(paid))('money that was captured stays so: %s, told %s', (ours, state) => {
  expect(followProvider(ours, state)).toEqual({ kind: 'known' })
})

test.each(told)('a cancelled payment that is told %s is old news, or for a person to look at', (state) => {
  expect(followProvider('canceled', state).kind).toBe(state === 'succeeded' ? 'contradiction' : 'known')
})

test('no state of the machine is left out', () => {
  expect([...unpaid, ...paid, 'canceled'].toSorted()).toEqual([...statesOf(paymentMachine)].toSorted())
})
