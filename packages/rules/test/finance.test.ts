import { expect, test } from 'vitest'
import { decideHoldLimits, isScope, scopes } from '../src/accounts.ts'
import { plainReference, transferActions } from '../src/bank-transfers.ts'
import { financeTaskActions, financeTaskKinds } from '../src/finance-tasks.ts'

const roles = ['finance', 'finance_approver'] as const

test('a failed refund can be retried or credited to the balance, unless a retry waits; any other task is closed with a note', () => {
  const actions = financeTaskKinds.map((kind) =>
    financeTaskActions({ kind, isOpen: true, isRetryProposed: false }, roles),
  )
  expect(actions).toEqual([['retry', 'make_good'], ['close'], ['close'], ['close']])
  const failed = { kind: 'refund_failed', isOpen: true, isRetryProposed: true } as const
  expect(financeTaskActions(failed, roles)).toEqual([])
  expect(financeTaskActions({ ...failed, isOpen: false, isRetryProposed: false }, roles)).toEqual([])
  expect(financeTaskActions({ ...failed, isRetryProposed: false }, ['operator', 'admin'])).toEqual([])
})

test('the proposer of a reversal cannot decide it', () => {
  const proposed = { state: 'reversal_proposed', reversalProposedBy: 'a' } as const
  expect(transferActions(proposed, { staffId: 'a', roles })).toEqual([])
  expect(transferActions(proposed, { staffId: 'b', roles })).toEqual(['approve_reversal', 'reject_reversal'])
  expect(transferActions(proposed, { staffId: 'b', roles: ['finance'] })).toEqual([])
  const credited = { state: 'credited', reversalProposedBy: null } as const
  expect(transferActions(credited, { staffId: 'b', roles: ['finance'] })).toEqual(['propose_reversal'])
  expect(transferActions({ ...credited, state: 'reversed' }, { staffId: 'b', roles })).toEqual([])
})

test('a reference is the same text however it is typed', () => {
  expect(['RE4711/26', ' re 4711 / 26 ', 're4711/26'].map(plainReference)).toEqual(Array(3).fill('RE4711/26'))
  expect(['', 'ab', '#1234', 'ä1234', 'x'.repeat(141)].map(plainReference)).toEqual(Array(5).fill(undefined))
})

test('hold limits are whole numbers from 1, and paying for an order never lowers them', () => {
  expect(() => decideHoldLimits({ beforePaid: 3, afterPaid: 20 })).not.toThrow()
  for (const [beforePaid, afterPaid] of [
    [0, 1],
    [2, 1],
    [1, 1_001],
    [1.5, 2],
    [1, Number.NaN],
  ] as const) {
    expect(() => decideHoldLimits({ beforePaid, afterPaid })).toThrow(
      expect.objectContaining({ code: 'hold_limits_out_of_range' }),
    )
  }
})

test('an API key has these scopes, and no other text is one', () => {
  expect(scopes).toEqual([
    'listings:read',
    'backorders:read',
    'backorders:write',
    'registrations:read',
    'registrations:write',
    'contacts:read',
    'contacts:write',
    'balance:read',
    'invoices:read',
    'invoices:write',
    'events:read',
    'webhooks:manage',
    'keys:manage',
  ])
  expect(scopes.every(isScope)).toBe(true)
  for (const text of ['', 'listings', 'listings:write', 'LISTINGS:READ', 'constructor']) {
    expect(isScope(text)).toBe(false)
  }
})
