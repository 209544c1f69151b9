import { expect, test } from 'vitest'
import { chooseNext, type PlanRule } from '../../src/plan/choose-next.ts'
import { target } from '../support/target.ts'

const rule: PlanRule = {
  prepareLeadMs: 5_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 3,
  mayCreate: true,
}

test('nothing is sent for a name before its window, less the aim', () => {
  expect(chooseNext([target()], rule, 9_949)).toEqual({ kind: 'wait', untilMs: 9_950 })
  expect(chooseNext([target()], rule, 9_950)).toMatchObject({ kind: 'create' })
})

test('a name whose old registration is unknown is asked about before its window', () => {
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(chooseNext([waiting], rule, 4_999)).toMatchObject({ kind: 'wait', untilMs: 5_000 })
  expect(chooseNext([waiting], rule, 5_000)).toMatchObject({ kind: 'info' })
})

test('no create is sent for a target that the database does not know as firing', () => {
  expect(chooseNext([target({ phase: 'waiting' })], rule, 15_000)).toMatchObject({ kind: 'wait' })
})

test('a doubtful target is asked about, never created, and goes before all others', () => {
  const doubtful = target({
    id: 'doubtful',
    phase: 'doubtful',
    lastSentMs: 14_900,
    orderedAt: new Date(9_000),
  })
  expect(chooseNext([target(), doubtful], rule, 15_000)).toMatchObject({
    kind: 'info',
    target: { id: 'doubtful' },
  })
})

test('a busy or decided target is left alone', () => {
  const targets = [target({ busy: true }), target({ phase: 'decided' })]
  expect(chooseNext(targets, rule, 15_000)).toMatchObject({ kind: 'wait' })
})

test('the gap of a name is kept', () => {
  const tried = target({ lastSentMs: 15_000 })
  expect(chooseNext([tried], rule, 15_099)).toEqual({ kind: 'wait', untilMs: 15_100 })
  expect(chooseNext([tried], rule, 15_100)).toMatchObject({ kind: 'create' })
})

test('the name left alone longest goes first', () => {
  const targets = [target({ id: 'recent', lastSentMs: 14_800 }), target({ id: 'old', lastSentMs: 14_000 })]
  expect(chooseNext(targets, rule, 15_000)).toMatchObject({ target: { id: 'old' } })
})

test('among names not tried yet, the order of service is order time, then listing id', () => {
  const late = target({ id: 'late', orderedAt: new Date(2_000), listingId: 'a' })
  const second = target({ id: 'second', listingId: 'c' })
  const first = target({ id: 'first', listingId: 'b' })
  expect(chooseNext([late, second, first], rule, 15_000)).toMatchObject({ target: { id: 'first' } })
})

test('after some creates answered "exists", info asks why', () => {
  expect(chooseNext([target({ createsSinceInfo: 2 })], rule, 15_000)).toMatchObject({ kind: 'create' })
  expect(chooseNext([target({ createsSinceInfo: 3 })], rule, 15_000)).toMatchObject({ kind: 'info' })
})

test('after the grace only info is sent, unless the name was just seen free', () => {
  expect(chooseNext([target()], rule, 20_001)).toMatchObject({ kind: 'info' })
  expect(chooseNext([target({ seenFree: true })], rule, 20_001)).toMatchObject({ kind: 'create' })
})

test('with the budget of failed creates spent, what would be created waits and what is asked goes on', () => {
  const spent = { ...rule, mayCreate: false }
  const firing = target({ id: 'a' })
  expect(chooseNext([firing], spent, 15_000)).toEqual({ kind: 'wait', untilMs: 16_000 })
  expect(chooseNext([target({ seenFree: true })], spent, 25_000)).toMatchObject({ kind: 'wait' })
  const asked = target({ id: 'b', createsSinceInfo: 3 })
  expect(chooseNext([firing, asked], spent, 15_000)).toMatchObject({ kind: 'info', target: { id: 'b' } })
  expect(chooseNext([firing], spent, 20_001)).toMatchObject({ kind: 'info' })
  const unknown = target({ id: 'c', phase: 'waiting', prior: { kind: 'unknown' } })
  expect(chooseNext([firing, unknown], spent, 15_000)).toMatchObject({ kind: 'info', target: { id: 'c' } })
})
