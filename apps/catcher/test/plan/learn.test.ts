import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import { expect, test } from 'vitest'
import { learnFromCreate, learnFromInfo, learnFromPreparation } from '../../src/plan/learn.ts'
import { target } from '../support/target.ts'

const NOW = 15_000
const AFTER_GRACE = 20_001

test('a create that registered decides; the crDate is the settlement time', () => {
  const crDate = new Date(14_999)
  expect(learnFromCreate(target(), { kind: 'registered', crDate }, NOW)).toMatchObject({
    target: { phase: 'decided' },
    decision: { outcome: 'registered', crDate },
  })
})

test.each(['premium', 'refused'] as const)('a create answered %s decides so', (kind) => {
  expect(learnFromCreate(target(), { kind, code: 2306 }, NOW)).toMatchObject({ decision: { outcome: kind } })
})

const doubts: readonly CreateVerdict[] = [
  { kind: 'unknown', reason: 'time-out' },
  { kind: 'session_ended', code: 2500, reconnect: 'at_once' },
  { kind: 'applied', code: 1001 },
]
test.each(doubts)('a create that came to $kind decides nothing and leaves doubt', (verdict) => {
  const lesson = learnFromCreate(target(), verdict, NOW)
  expect(lesson.decision).toBeUndefined()
  expect(lesson.target).toMatchObject({ phase: 'doubtful', busy: false })
})

test('"exists" decides nothing: not purged yet, lost and already ours look the same', () => {
  const lesson = learnFromCreate(target(), { kind: 'exists', code: 2302 }, NOW)
  expect(lesson.decision).toBeUndefined()
  expect(lesson.target).toMatchObject({ phase: 'firing', createsSinceInfo: 1, lastSentMs: NOW })
})

test('a create that was not sent counts for nothing', () => {
  expect(
    learnFromCreate(target({ busy: true }), { kind: 'not_sent', reason: 'no slot' }, NOW).target,
  ).toEqual(target())
})

test('an empty deposit is an alarm and fails no name', () => {
  const lesson = learnFromCreate(target(), { kind: 'deposit_empty', code: 2104 }, NOW)
  expect(lesson).toMatchObject({ alarm: 'deposit_empty', target: { phase: 'firing' } })
  expect(lesson.decision).toBeUndefined()
})

test('info that shows us as the new holder decides a win, also out of doubt', () => {
  const crDate = new Date(14_000)
  expect(learnFromInfo(target({ phase: 'doubtful' }), { kind: 'ours', crDate }, NOW).decision).toEqual({
    outcome: 'registered',
    crDate,
    holderClid: null,
  })
})

test('info that shows another new holder decides lost, and names the holder', () => {
  expect(learnFromInfo(target(), { kind: 'other', clID: 'rival' }, NOW).decision).toEqual({
    outcome: 'lost',
    holderClid: 'rival',
  })
})

test('a name still not purged is missed only by an info sent after the grace', () => {
  expect(learnFromInfo(target(), { kind: 'not_purged' }, NOW).decision).toBeUndefined()
  expect(learnFromInfo(target(), { kind: 'not_purged' }, AFTER_GRACE).decision).toMatchObject({
    outcome: 'missed',
  })
})

test('doubt ends with an info that finds the old registration, or none: the fire goes on', () => {
  const doubtful = target({ phase: 'doubtful' })
  expect(learnFromInfo(doubtful, { kind: 'not_purged' }, NOW).target).toMatchObject({ phase: 'firing' })
  expect(learnFromInfo(doubtful, { kind: 'gone' }, NOW).target).toMatchObject({
    phase: 'firing',
    seenFree: true,
  })
})

test('an info that tells nothing leaves doubt as it is', () => {
  const lesson = learnFromInfo(
    target({ phase: 'doubtful' }),
    { kind: 'undecided', reason: '2400' },
    AFTER_GRACE,
  )
  expect(lesson.target.phase).toBe('doubtful')
  expect(lesson.decision).toBeUndefined()
})

const answer = {
  kind: 'answered',
  code: 1000,
  message: '',
  svTRID: 'SV-1',
  clTRID: 'DL-1',
  sentAt: new Date(NOW),
  sentAtMs: 0,
  answeredAtMs: 1,
  data: {
    name: 'wanted.test',
    roid: 'R-1',
    clID: 'droplock',
    crDate: new Date(77),
    statuses: [],
    rgpStatuses: [],
  },
} as const

test('preparation keeps who held the name and since when', () => {
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(learnFromPreparation(waiting, { kind: 'not_purged' }, NOW, answer).target).toMatchObject({
    phase: 'waiting',
    prior: { kind: 'known', clid: 'droplock', crDate: new Date(77) },
  })
})

test('preparation that finds a new holder decides nothing, and takes no new registration for the old one', () => {
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })
  const lesson = learnFromPreparation(waiting, { kind: 'other', clID: 'rival' }, NOW, answer)
  expect(lesson.decision).toBeUndefined()
  expect(lesson.target.prior).toEqual({ kind: 'known', crDate: null, clid: null })
})

test('preparation that finds the name restored decides withdrawn', () => {
  const waiting = target({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(learnFromPreparation(waiting, { kind: 'withdrawn' }, NOW, answer).decision).toMatchObject({
    outcome: 'withdrawn',
  })
})
