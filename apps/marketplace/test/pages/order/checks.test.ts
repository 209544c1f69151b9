import { expect, test } from 'vitest'
import { type OrderCheck, obstacleOf, verdictOf } from '../../../src/pages/order/checks.ts'

const reason = (code: string) => ({ code, detail: code, retryable: false })

function check(payment: 'balance' | 'card', ...codes: readonly string[]): OrderCheck {
  const reasons = codes.map(reason)
  return { name: 'a.live', unicode_name: 'a.live', acceptable: codes.length === 0, reasons, payment }
}

const verdict = (ofBalance: readonly string[], ofCard: readonly string[]) =>
  verdictOf({ balance: check('balance', ...ofBalance), card: check('card', ...ofCard) })

test('a name that nothing speaks against can be paid in both ways, and is held for a card', () => {
  expect(verdict([], [])).toEqual({ blocked: undefined, whyNot: {}, isHeldByCard: true })
})

test('what speaks against both ways blocks the order, with the first reason', () => {
  expect(
    verdict(['name_taken', 'price_unavailable'], ['name_taken', 'price_unavailable']).blocked?.code,
  ).toBe('name_taken')
})

test('a balance that is too low is no reason against the name, nor against the method: its amounts are shown', () => {
  expect(verdict(['insufficient_balance'], [])).toEqual({
    blocked: undefined,
    whyNot: {},
    isHeldByCard: true,
  })
  expect(obstacleOf(check('balance', 'insufficient_balance'))).toBeUndefined()
  expect(obstacleOf(check('balance', 'insufficient_balance', 'cutoff_passed'))?.code).toBe('cutoff_passed')
})

test('what speaks against the card alone leaves the balance', () => {
  const { blocked, whyNot } = verdict([], ['hold_too_late'])
  expect(blocked).toBeUndefined()
  expect(whyNot.card?.code).toBe('hold_too_late')
  expect(whyNot.balance).toBeUndefined()
})

test('a name that was held unpaid before is paid by card without a hold', () => {
  expect(verdict([], ['hold_not_available'])).toEqual({ blocked: undefined, whyNot: {}, isHeldByCard: false })
  expect(verdict([], ['hold_not_available', 'hold_too_late']).whyNot.card?.code).toBe('hold_too_late')
})
