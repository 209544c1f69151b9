import { expect, test } from 'vitest'
import { judgeLeftOut, judgeName, type NameFate } from '../../src/rehearse/judge.ts'
import { givenName } from './support/given-name.ts'

const ours = new Set(['us-1', 'us-2'])
const create = (clid: string, atMs: number, code = 2302) => ({ clid, atMs, code })
const fate = (over: Partial<NameFate>): NameFate => ({
  releasedMs: 1_000,
  winner: null,
  creates: [],
  ...over,
})

test.each<[string, Partial<NameFate>, object]>([
  [
    'caught by our first create after its release',
    { winner: 'us-2', creates: [create('us-1', 900), create('us-2', 1_003, 1000)] },
    { result: 'caught', firstCreateMs: 3, creates: 2, isServed: true, agreement: 'as_expected' },
  ],
  [
    'lost to a rival that was faster, though ours was in time',
    { winner: 'rival-1', creates: [create('rival-1', 1_001, 1000), create('us-1', 1_200)] },
    { result: 'rival', firstCreateMs: 200, isServed: true, agreement: 'as_expected' },
  ],
  [
    'lost as ours was late',
    { winner: 'rival-1', creates: [create('us-1', 2_500)] },
    { result: 'capacity', firstCreateMs: 1_500, isServed: false, agreement: 'worse' },
  ],
  ['never tried', { winner: 'rival-1' }, { result: 'no_create', firstCreateMs: null, agreement: 'worse' }],
  ['not released in the time', { releasedMs: null }, { result: 'no_create', agreement: 'not_compared' }],
])('a name that was expected to be served: %s', (_, seen, judged) => {
  expect(judgeName(givenName(), fate(seen), ours)).toMatchObject(judged)
})

test('a name that was not expected to be served may be served better', () => {
  const name = givenName({ reason: 'capacity' })
  expect(
    judgeName(name, fate({ winner: 'us-1', creates: [create('us-1', 1_500, 1000)] }), ours),
  ).toMatchObject({
    result: 'caught',
    agreement: 'better',
    isServed: true,
  })
  expect(judgeName(name, fate({ winner: 'rival-1' }), ours)).toMatchObject({
    result: 'capacity',
    agreement: 'as_expected',
  })
})

test('turns come within ten seconds', () => {
  const name = givenName({ basis: 'turns', releaseAt: null })
  const late = (atMs: number) => judgeName(name, fate({ creates: [create('us-1', atMs)] }), ours).isServed
  expect([late(10_900), late(11_000)]).toEqual([true, false])
})

test('what was left out says why', () => {
  expect(judgeLeftOut(givenName({ reason: 'no_contacts' })).result).toBe('no_contacts')
  expect(judgeLeftOut(givenName()).result).toBe('cut')
  expect(judgeLeftOut(givenName({ reason: 'capacity' })).result).toBe('cut')
})
