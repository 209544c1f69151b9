import { expect, test } from 'vitest'
import { decideByRdap, type RdapFacts } from '../../src/drop/decide-by-rdap.ts'
import type { RdapDomain } from '../../src/ports/rdap.ts'

const priorCrDate = new Date('2019-05-05T05:05:05Z')
const facts: RdapFacts = {
  name: 'x.pl',
  priorCrDate,
  armedAt: new Date('2026-07-01T15:00:00.500Z'),
  freshSince: new Date('2026-07-01T20:00:00Z'),
}
const won = new Date('2026-07-01T19:00:01Z')
const after = new Date('2026-07-01T20:00:01Z')
const before = new Date('2026-07-01T19:59:59Z')

const decide = (changes: Partial<RdapDomain>, more: Partial<RdapFacts> = {}) =>
  decideByRdap({ kind: 'found', domain: { name: 'x.pl', statuses: [], ...changes } }, { ...facts, ...more })
const old = { registeredAt: priorCrDate, updatedAt: after }

test('a registration newer than the deleted one is another registrar’s, however old the data', () => {
  const taken = { kind: 'taken', registeredAt: won }
  expect(decide({ registeredAt: won, statuses: ['active'], updatedAt: before })).toEqual(taken)
  expect(decide({ registeredAt: won }, { priorCrDate: undefined })).toEqual(taken)
})

test.each([
  ['pending delete', 'not_purged'],
  ['active', 'withdrawn'],
  ['redemption period', 'withdrawn'],
  ['pending restore', 'withdrawn'],
])('the old registration that is %s after the grace is %s', (status, kind) => {
  expect(decide({ ...old, statuses: [status] })).toEqual({ kind })
})

test('redemption is withdrawn, although another status is pending delete', () => {
  expect(decide({ ...old, statuses: ['pending delete', 'redemption period'] })).toEqual({ kind: 'withdrawn' })
})

test('the old registration without a status is not purged', () => {
  expect(decide(old)).toEqual({ kind: 'not_purged' })
})

test('without the old date, a registration long before the arming is the old one', () => {
  expect(decide({ registeredAt: new Date('2020-01-01Z') }, { priorCrDate: undefined })).toEqual({
    kind: 'not_purged',
  })
})

test('the old registration in data from before the end of the drop decides nothing', () => {
  expect(decide({ ...old, updatedAt: before }).kind).toBe('undecided')
})

test('an answer about another name, or without a usable date, decides nothing', () => {
  expect(decide({ ...old, name: 'y.pl' }).kind).toBe('undecided')
  expect(decide({ statuses: ['active'] }).kind).toBe('undecided')
})

test('a missing name is absent, and a server that did not answer is asked again after the time that it states', () => {
  expect(decideByRdap({ kind: 'absent' }, facts)).toEqual({ kind: 'absent' })
  expect(decideByRdap({ kind: 'unavailable', reason: '429', retryAfterMs: 9_000 }, facts)).toEqual({
    kind: 'undecided',
    reason: '429',
    retryAfterMs: 9_000,
  })
})
