import { expect, test } from 'vitest'
import type { Payment } from '../../../src/pages/api.ts'
import { type CardStep, cardStepOf, readAgainMs } from '../../../src/pages/order/card-step.ts'

const now = new Date('2026-12-01T12:00:00Z')

const payment = {
  id: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
  purpose: 'backorder',
  method: 'card',
  state: 'requires_action',
  amount: { amount_minor: 2_900, currency: 'USD' },
  secures: false,
  created_at: '2026-12-01T11:55:00Z',
  pay_by: '2026-12-01T12:10:00Z',
} as const satisfies Payment

const secret = { client_secret: 's' } as const
const late = { pay_by: '2026-12-01T12:00:00Z' } as const

test.each([
  ['a card is entered while the provider takes one', { ...secret }, 'pay'],
  ['another card is entered after a declined one', { state: 'failed', ...secret }, 'declined'],
  ['without a secret the provider is asked: it was just paid, or there is no answer', {}, 'asking'],
  ['so it is after a decline', { state: 'failed' }, 'asking'],
  ['the bank has it', { state: 'processing', ...secret }, 'confirming'],
  ['paid is what the API says', { state: 'succeeded' }, 'paid'],
  ['a cancelled payment cannot be paid', { state: 'canceled', ...secret }, 'over'],
  ['nor one whose time is over', { ...late }, 'over'],
] as const satisfies readonly (readonly [string, Partial<Payment>, CardStep])[])(
  '%s',
  (_name, more, step) => {
    expect(cardStepOf({ ...payment, ...more }, now)).toBe(step)
  },
)

test('a payment is read again until it is decided, soon once its payer waits', () => {
  expect(readAgainMs('paid', true)).toBe(false)
  expect(readAgainMs('over', true)).toBe(false)
  expect(readAgainMs('confirming', false)).toBe(readAgainMs('pay', true))
  expect(readAgainMs('asking', false)).toBe(readAgainMs('pay', true))
  expect(Number(readAgainMs('pay', false))).toBeGreaterThan(Number(readAgainMs('pay', true)))
})
