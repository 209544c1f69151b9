import { expect, test } from 'vitest'
import {
  chooseVerdict,
  isConclusive,
  type OtherTry,
  rankOf,
  SILENT_MS_MIN,
  stateOverTries,
  type Verdict,
} from '../../src/drop/several-accounts.ts'

const live: OtherTry = { state: 'firing', silentMs: -1, seenFree: false }
const silent: OtherTry = { state: 'ambiguous', silentMs: SILENT_MS_MIN, seenFree: false }
const ended: OtherTry = { state: 'ended', silentMs: -1, seenFree: false }

const byInfo = (outcome: Verdict['outcome']): Verdict => ({ outcome, basis: 'info' })

test('a win, and a registration by somebody else that info shows, end a target whatever other accounts do', () => {
  expect(isConclusive({ outcome: 'registered', basis: 'create' }, [live])).toBe(true)
  expect(isConclusive({ ...byInfo('lost'), holderCrDate: new Date() }, [live])).toBe(true)
})

test.each<Verdict>([
  byInfo('lost'),
  { outcome: 'lost', basis: 'rdap', holderCrDate: new Date() },
  { outcome: 'lost', basis: 'presumed' },
  byInfo('missed'),
  { outcome: 'refused', basis: 'create' },
  { outcome: 'premium', basis: 'fee_check' },
  byInfo('withdrawn'),
])('%j is conclusive only when every other account has ended', (verdict) => {
  expect(isConclusive(verdict, [])).toBe(true)
  expect(isConclusive(verdict, [ended, ended])).toBe(true)
  for (const state of ['firing', 'ambiguous', 'awaiting_award'] as const)
    expect(isConclusive(verdict, [ended, { ...live, state }])).toBe(false)
})

test('what info shows is true for an account that has been silent for a minute; what is presumed is not', () => {
  expect(isConclusive(byInfo('missed'), [silent, ended])).toBe(true)
  expect(isConclusive(byInfo('missed'), [{ ...silent, silentMs: SILENT_MS_MIN - 1 }])).toBe(false)
  expect(isConclusive({ outcome: 'lost', basis: 'presumed' }, [silent])).toBe(false)
  expect(isConclusive({ outcome: 'refused', basis: 'create' }, [silent])).toBe(false)
})

test('after info has shown that nobody holds the name, any verdict is true for a silent account too, unless it has an application', () => {
  const free: OtherTry = { ...silent, seenFree: true }
  for (const verdict of [
    { outcome: 'refused', basis: 'create' },
    { outcome: 'premium', basis: 'fee_check' },
  ] as const) {
    expect(isConclusive(verdict, [free, ended])).toBe(true)
    expect(isConclusive(verdict, [{ ...free, silentMs: SILENT_MS_MIN - 1 }])).toBe(false)
    expect(isConclusive(verdict, [{ ...free, state: 'awaiting_award' }])).toBe(false)
    expect(isConclusive(verdict, [free, silent])).toBe(false)
  }
})

test('of several verdicts the one that says most is chosen, and what is presumed comes last', () => {
  const presumed: Verdict = { outcome: 'lost', basis: 'presumed' }
  expect(chooseVerdict([byInfo('missed'), { outcome: 'refused', basis: 'create' }])).toMatchObject({
    outcome: 'refused',
  })
  expect(chooseVerdict([presumed, byInfo('missed')])).toEqual(byInfo('missed'))
  expect(chooseVerdict([{ outcome: 'missed', basis: 'presumed' }, presumed])).toBe(presumed)
})

test('while one account may hold the name the target is ambiguous, then what was applied for counts', () => {
  expect(stateOverTries(['firing', 'awaiting_award', 'ambiguous'])).toBe('ambiguous')
  expect(stateOverTries(['firing', 'awaiting_award'])).toBe('awaiting_award')
  expect(stateOverTries(['firing', 'ended'])).toBe('firing')
})

test('accounts of a registry have different ranks, whatever order they are listed in', () => {
  expect(['b', 'a', 'c'].map((id) => rankOf(id, ['c', 'a', 'b']))).toEqual([1, 0, 2])
})
