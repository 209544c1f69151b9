import { money } from '@droplock/rules/money/money'
import { expect, test } from 'vitest'
import { learnFromFee } from '../../src/plan/learn-from-fee.ts'
import { CAP, target } from '../support/target.ts'

const NOW = 15_000
const refused = target({ due: 'fee_check', busy: true, lack: { code: 2004, pauseMs: 0, untilMs: NOW } })

test.each(['premium', 'refused'] as const)('a name that the check shows to be %s ends so', (kind) => {
  expect(learnFromFee(refused, { kind, quoted: null }, NOW).decision).toEqual({
    outcome: kind,
    basis: 'fee_check',
    holderClid: null,
  })
})

test('a standard fee above the cap is trouble, ends no name, and is never agreed to', () => {
  const lesson = learnFromFee(refused, { kind: 'fee_stale', quoted: money(900n, 'USD') }, NOW)
  expect(lesson.decision).toBeUndefined()
  expect(lesson.trouble).toEqual({ kind: 'fee_stale', quoted: money(900n, 'USD') })
  expect(lesson.target).toMatchObject({ phase: 'firing', due: null, fee: { cap: CAP, agreed: CAP } })
  expect(lesson.target.lack?.untilMs).toBe(NOW + 5_000)
})

test('a standard fee below the cap is agreed to at once, and is trouble all the same', () => {
  const lesson = learnFromFee(refused, { kind: 'fee_stale', quoted: money(700n, 'USD') }, NOW)
  expect(lesson.target).toMatchObject({ due: 'create', fee: { cap: CAP, agreed: money(700n, 'USD') } })
  expect(lesson.trouble).toMatchObject({ kind: 'fee_stale' })
})

test('a fee in another currency is never agreed to, however small', () => {
  const lesson = learnFromFee(refused, { kind: 'fee_stale', quoted: money(1n, 'EUR') }, NOW)
  expect(lesson.target).toMatchObject({ due: null, fee: { agreed: CAP } })
})

test('a create that lacked something else is trouble, ends no name, and is repeated after a pause', () => {
  const lesson = learnFromFee(refused, { kind: 'incomplete' }, NOW)
  expect(lesson).toMatchObject({ trouble: { kind: 'create_incomplete' }, target: { due: null, busy: false } })
  expect(lesson.decision).toBeUndefined()
  expect(lesson.target.lack).toEqual({ code: 2004, pauseMs: 5_000, untilMs: NOW + 5_000 })
})

test('a check that came to nothing ends no name, and comes again with the next create', () => {
  const lesson = learnFromFee(refused, { kind: 'unknown', reason: 'cut' }, NOW)
  expect(lesson).toMatchObject({ target: { phase: 'firing', due: null, lack: { untilMs: NOW + 5_000 } } })
  expect(lesson.decision).toBeUndefined()
  expect(lesson.trouble).toBeUndefined()
})
