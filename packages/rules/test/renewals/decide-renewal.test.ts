import { expect, test } from 'vitest'
import {
  decideRenewal,
  expiryOf,
  type RenewalFacts,
  renewalPayBy,
  requireFreshQuote,
} from '../../src/renewals.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const expiresAt = new Date('2027-11-20T12:00:00Z')
const facts = (changes: Partial<RenewalFacts> = {}): RenewalFacts => ({
  expiresAt,
  years: 1,
  perYearMinor: 1_500n,
  hasLiveRenewal: false,
  ...changes,
})

test('a renewal costs its years, and ends as many years after the expiry', () => {
  expect(decideRenewal(facts({ years: 3 }), NOW)).toEqual({
    priceMinor: 4_500n,
    expiresAt,
    newExpiresAt: new Date('2030-11-20T12:00:00Z'),
    validUntil: expiresAt,
  })
})

test('ten years from now is the furthest, to the moment', () => {
  const furthest = facts({ years: 9, expiresAt: new Date('2027-11-24T12:00:00Z') })
  expect(decideRenewal(furthest, NOW).newExpiresAt).toEqual(new Date('2036-11-24T12:00:00Z'))
  const beyond = facts({ years: 9, expiresAt: new Date('2027-11-24T12:00:00.001Z') })
  expect(() => decideRenewal(beyond, NOW)).toThrow(expect.objectContaining({ code: 'renewal_too_long' }))
})

test.each([0, 1.5, 10])('nobody renews for %s years', (years) => {
  expect(() => decideRenewal(facts({ years }), NOW)).toThrow(
    expect.objectContaining({ code: 'renewal_too_long' }),
  )
})

test.each([
  ['registration_expired', { expiresAt: NOW }],
  ['price_unavailable', { perYearMinor: undefined }],
  ['renewal_pending', { hasLiveRenewal: true }],
] as const)('%s is refused', (code, changes) => {
  expect(() => decideRenewal(facts(changes), NOW)).toThrow(expect.objectContaining({ code }))
})

test('an order stands on what was quoted, or not at all', () => {
  const terms = { ...decideRenewal(facts(), NOW), currency: 'USD' }
  const quoted = { priceMinor: 1_500n, currency: 'USD', expiresAt }
  expect(() => requireFreshQuote(terms, quoted)).not.toThrow()
  for (const change of [{ priceMinor: 1_499n }, { currency: 'EUR' }, { expiresAt: NOW }]) {
    expect(() => requireFreshQuote(terms, { ...quoted, ...change })).toThrow(
      expect.objectContaining({ code: 'renewal_quote_stale' }),
    )
  }
})

test('a card has a quarter of an hour, and never longer than the registration', () => {
  const terms = decideRenewal(facts(), NOW)
  expect(renewalPayBy(terms, NOW)).toEqual(new Date('2026-11-24T12:15:00Z'))
  const late = new Date(expiresAt.getTime() - 60_000)
  expect(renewalPayBy(terms, late)).toEqual(expiresAt)
})

test('a registration ends when the registry said, or after its one year', () => {
  const crDate = new Date('2028-02-29T10:00:00Z')
  expect(expiryOf(crDate, undefined)).toEqual(new Date('2029-02-28T10:00:00Z'))
  expect(expiryOf(crDate, new Date('2029-03-01T00:00:00Z'))).toEqual(new Date('2029-03-01T00:00:00Z'))
  expect(expiryOf(crDate, crDate)).toEqual(new Date('2029-02-28T10:00:00Z'))
})
