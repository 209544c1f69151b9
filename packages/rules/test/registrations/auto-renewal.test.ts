import { expect, test } from 'vitest'
import { findAutoRenewal } from '../../src/registrations/auto-renewal.ts'
import { confirmAgainAt } from '../../src/registrations/held.ts'

const expiresAt = new Date('2027-03-01T10:00:00Z')
const oneYear = new Date('2028-03-01T10:00:00Z')
const twoYears = new Date('2029-03-01T10:00:00Z')
const paid = { expiresAt, autoRenewedUntil: null }
const dayAfter = new Date('2027-03-02T10:00:00Z')

test('a year more after the expiry is an auto-renewal at that expiry', () => {
  expect(findAutoRenewal(paid, oneYear, dayAfter)).toEqual({ at: [expiresAt], until: oneYear })
})

test.each([
  ['before its expiry', paid, oneYear, new Date('2027-02-01T00:00:00Z')],
  ['with the same expiry', paid, expiresAt, dayAfter],
  ['whose year is known', { expiresAt, autoRenewedUntil: oneYear }, oneYear, dayAfter],
  ['that was moved by no whole year', paid, new Date('2028-03-09T10:00:00Z'), dayAfter],
  ['that was moved by two years at once', paid, twoYears, dayAfter],
  ['whose expiry the registry does not show', paid, undefined, dayAfter],
])('a name %s was not renewed by its registry', (_, term, exDate, now) => {
  expect(findAutoRenewal(term, exDate, now)).toBeUndefined()
})

test('each further expiry is a further year', () => {
  const later = new Date('2028-03-02T00:00:00Z')
  const known = { expiresAt, autoRenewedUntil: oneYear }
  expect(findAutoRenewal(known, twoYears, later)).toEqual({ at: [oneYear], until: twoYears })
  expect(findAutoRenewal(paid, twoYears, later)).toEqual({ at: [expiresAt, oneYear], until: twoYears })
})

test('a registry is asked weekly, an hour after an expiry, and then until it has renewed the name', () => {
  const at = (text: string) => confirmAgainAt(new Date(text), 'held', paid)?.toISOString()
  expect(at('2027-01-01T00:00:00Z')).toBe('2027-01-08T00:00:00.000Z')
  expect(at('2027-02-28T00:00:00Z')).toBe('2027-03-01T11:00:00.000Z')
  expect(at('2027-03-01T12:00:00Z')).toBe('2027-03-01T18:00:00.000Z')
  expect(confirmAgainAt(dayAfter, 'held', { expiresAt, autoRenewedUntil: oneYear })).toEqual(
    new Date('2027-03-09T10:00:00Z'),
  )
  expect(confirmAgainAt(dayAfter, 'undecided', paid)).toEqual(new Date('2027-03-02T11:00:00Z'))
  expect(confirmAgainAt(dayAfter, 'not_held', paid)).toBeNull()
})
