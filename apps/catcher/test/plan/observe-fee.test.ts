import { money } from '@droplock/rules/money'
import { describe, expect, test } from 'vitest'
import { deferFeeCheck, observeFee } from '../../src/plan/observe-fee.ts'
import { CAP, target } from '../support/target.ts'

const NOW = 15_000
const refused = target({
  due: 'fee_check',
  busy: true,
  createRetry: { code: 2004, pauseMs: 0, untilMs: NOW },
})

test.each(['premium', 'refused'] as const)('a name that the check shows to be %s ends so', (kind) => {
  expect(observeFee(refused, { kind, quoted: null }, NOW).decision).toEqual({
    outcome: kind,
    basis: 'fee_check',
    holderClid: null,
  })
})

test('a standard fee above the cap is an issue, ends no name, and is never accepted', () => {
  const observed = observeFee(refused, { kind: 'fee_stale', quoted: money(900n, 'USD') }, NOW)
  expect(observed.decision).toBeUndefined()
  expect(observed.issue).toEqual({ kind: 'fee_stale', quoted: money(900n, 'USD') })
  expect(observed.target).toMatchObject({ phase: 'firing', due: null, fee: { cap: CAP, agreed: CAP } })
  expect(observed.target.createRetry?.untilMs).toBe(NOW + 5_000)
})

test('a standard fee below the cap is accepted at once, and is an issue', () => {
  const observed = observeFee(refused, { kind: 'fee_stale', quoted: money(700n, 'USD') }, NOW)
  expect(observed.target).toMatchObject({ due: 'create', fee: { cap: CAP, agreed: money(700n, 'USD') } })
  expect(observed.issue).toMatchObject({ kind: 'fee_stale' })
})

test('a fee in another currency is never accepted, however small', () => {
  const observed = observeFee(refused, { kind: 'fee_stale', quoted: money(1n, 'EUR') }, NOW)
  expect(observed.target).toMatchObject({ due: null, fee: { agreed: CAP } })
})

test('a create that is incomplete for another reason is an issue, ends no name, and is repeated after a pause', () => {
  const observed = observeFee(refused, { kind: 'incomplete' }, NOW)
  expect(observed).toMatchObject({
    issue: { kind: 'create_incomplete' },
    target: { due: null, busy: false },
  })
  expect(observed.decision).toBeUndefined()
  expect(observed.target.createRetry).toEqual({ code: 2004, pauseMs: 5_000, untilMs: NOW + 5_000 })
})

test('a fee check without a result ends no name, and is repeated with the next create', () => {
  const observed = observeFee(refused, { kind: 'unknown', reason: 'cut' }, NOW)
  expect(observed).toMatchObject({
    target: { phase: 'firing', due: null, createRetry: { untilMs: NOW + 5_000 } },
  })
  expect(observed.decision).toBeUndefined()
  expect(observed.issue).toBeUndefined()
})

describe('a check that could not be sent', () => {
  test('stays due until it may be sent, or is tried again soon if that is unknown', () => {
    const { createRetry } = refused
    expect(deferFeeCheck(refused, 1_000, NOW)).toEqual({
      target: { ...refused, busy: false, createRetry: { ...createRetry, untilMs: NOW + 1_000 } },
    })
    expect(deferFeeCheck(refused, -Infinity, NOW).target.createRetry?.untilMs).toBe(NOW + 250)
  })

  test('is not waited for after the grace if that takes until tomorrow', () => {
    const dayMs = 86_400_000
    expect(deferFeeCheck(refused, dayMs, NOW).target.due).toBeNull()
    expect(deferFeeCheck(refused, 30_000, NOW).target.due).toBe('fee_check')
    const early = { ...refused, graceUntilMs: NOW + 3_600_000 }
    expect(deferFeeCheck(early, dayMs, NOW).target).toMatchObject({
      due: 'fee_check',
      createRetry: { untilMs: NOW + 60_000 },
    })
  })
})
