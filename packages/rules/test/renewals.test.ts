import { describe, expect, test } from 'vitest'
import type { RenewalState } from '../src/machines/renewal.ts'
import type { Answer, DomainInfo } from '../src/ports/registrar.ts'
import {
  decideRenewal,
  decideRenewalReceipt,
  expiryOf,
  type HeldFacts,
  interpretRenew,
  judgeRenewalInfo,
  type RenewalFacts,
  renewalPayBy,
  requireFreshQuote,
  yearsToRenew,
} from '../src/renewals.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const expiresAt = new Date('2027-11-20T12:00:00Z')
const facts = (changes: Partial<RenewalFacts> = {}): RenewalFacts => ({
  expiresAt,
  renewableUntil: new Date('2027-12-20T12:00:00Z'),
  years: 1,
  perYearMinor: 1_500n,
  hasLiveRenewal: false,
  ...changes,
})

test('after its expiry a name is renewed from that expiry, until it is no longer renewable', () => {
  const late = new Date('2027-12-01T00:00:00Z')
  const { renewableUntil } = facts()
  expect(decideRenewal(facts(), late)).toEqual({
    priceMinor: 1_500n,
    expiresAt,
    newExpiresAt: new Date('2028-11-20T12:00:00Z'),
    validUntil: renewableUntil,
  })
  expect(() => decideRenewal(facts(), renewableUntil)).toThrow(
    expect.objectContaining({ code: 'registration_expired' }),
  )
})

test('what the registry has renewed by itself need not be renewed', () => {
  const until = new Date('2028-11-20T12:00:00Z')
  expect(yearsToRenew(3, expiresAt, null)).toBe(3)
  expect(yearsToRenew(3, expiresAt, until)).toBe(2)
  expect(yearsToRenew(1, expiresAt, until)).toBe(0)
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

test.each([0, 1.5, 10])('no renewal is for %s years', (years) => {
  expect(() => decideRenewal(facts({ years }), NOW)).toThrow(
    expect.objectContaining({ code: 'renewal_too_long' }),
  )
})

test.each([
  ['registration_expired', { renewableUntil: NOW }],
  ['price_unavailable', { perYearMinor: undefined }],
  ['renewal_pending', { hasLiveRenewal: true }],
] as const)('%s is refused', (code, changes) => {
  expect(() => decideRenewal(facts(changes), NOW)).toThrow(expect.objectContaining({ code }))
})

test('an order needs the quoted terms', () => {
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

const receipt = {
  capturedMinor: 1_500n,
  agreedMinor: 1_500n,
  state: 'pending_payment',
  securedByAnother: false,
} as const

test('the full amount pays an unpaid renewal', () => {
  expect(decideRenewalReceipt(receipt)).toEqual({ kind: 'secure' })
})

test('a second payment is refunded, whatever the state of the renewal', () => {
  for (const state of ['paid', 'renewing', 'successful', 'failed'] as const) {
    expect(decideRenewalReceipt({ ...receipt, state, securedByAnother: true })).toEqual({
      kind: 'refund',
      cause: 'duplicate_payment',
    })
  }
})

test.each<[string, RenewalState, bigint]>([
  ['comes after it expired', 'expired', 1_500n],
  ['is not the price', 'pending_payment', 1_499n],
])('money that %s is refunded', (_, state, capturedMinor) => {
  expect(decideRenewalReceipt({ ...receipt, state, capturedMinor })).toEqual({
    kind: 'refund',
    cause: 'late_payment',
  })
})

const crDate = new Date('2026-11-24T14:00:00.250Z')
const quotedExpiresAt = new Date('2027-11-24T14:00:00Z')
const held = (changes: Partial<HeldFacts> = {}): HeldFacts => ({
  name: 'ours.test',
  clid: 'droplock',
  crDate,
  quotedExpiresAt,
  years: 2,
  autoRenewedUntil: null,
  wasSent: false,
  asOf: NOW,
  ...changes,
})

const sent = { clTRID: 'DL-1', sentAt: crDate, sentAtMs: 1 }
function answered<Data>(code: number, data?: Data): Answer<Data> {
  const common = { ...sent, kind: 'answered', code, message: '', svTRID: 'S-1', answeredAtMs: 2 } as const
  return data === undefined ? common : { ...common, data }
}
const info = (changes: Partial<DomainInfo> = {}) =>
  answered<DomainInfo>(1000, {
    name: 'OURS.test',
    roid: 'R-1',
    clID: 'droplock',
    crDate: new Date('2026-11-24T14:00:00Z'),
    exDate: quotedExpiresAt,
    statuses: ['ok'],
    rgpStatuses: [],
    ...changes,
  })
const inTwoYears = new Date('2029-11-24T14:00:00Z')

describe('what the registry says of an expired name', () => {
  const byOne = new Date('2028-11-24T14:00:00Z')
  const afterExpiry = { asOf: new Date('2027-11-25T00:00:00Z') }
  const autoRenewed = { kind: 'auto_renewed', autoRenewal: { at: [quotedExpiresAt], until: byOne } }
  const autoRenewPeriod = { rgpStatuses: ['autoRenewPeriod'] }

  test('a year more after the expiry was added by the registry where no renew of ours would have', () => {
    const moved = info({ exDate: byOne })
    expect(judgeRenewalInfo(moved, held({ years: 1, ...afterExpiry }))).toEqual(autoRenewed)
    expect(judgeRenewalInfo(moved, held({ wasSent: true, ...afterExpiry }))).toEqual(autoRenewed)
    expect(judgeRenewalInfo(moved, held({ years: 1 }))).toEqual({ kind: 'expiry_moved', expiresAt: byOne })
  })

  test('where a renew of ours would have moved it so too, the RGP status decides', () => {
    const ours = held({ years: 1, wasSent: true, ...afterExpiry })
    expect(judgeRenewalInfo(info({ exDate: byOne, ...autoRenewPeriod }), ours)).toEqual(autoRenewed)
    const renewed = { kind: 'renewed', expiresAt: byOne }
    expect(judgeRenewalInfo(info({ exDate: byOne, rgpStatuses: ['renewPeriod'] }), ours)).toEqual(renewed)
  })

  test('after its own renewal that expiry is the known one, and a renew of the rest is ours', () => {
    const known = held({ autoRenewedUntil: byOne, wasSent: true, ...afterExpiry })
    const exDate = byOne
    expect(judgeRenewalInfo(info({ exDate, ...autoRenewPeriod }), known)).toEqual({
      kind: 'as_known',
      exDate,
    })
    expect(judgeRenewalInfo(info({ exDate: inTwoYears, ...autoRenewPeriod }), known)).toEqual({
      kind: 'renewed',
      expiresAt: inTwoYears,
    })
  })
})

describe('what the registry says of a name', () => {
  test('an expiry on the quoted day is the known one, also after a renew that did nothing', () => {
    const exDate = new Date('2027-11-24T23:59:59Z')
    const sameDay = info({ exDate })
    expect(judgeRenewalInfo(sameDay, held())).toEqual({ kind: 'as_known', exDate })
    expect(judgeRenewalInfo(sameDay, held({ wasSent: true }))).toEqual({ kind: 'as_known', exDate })
  })

  test('an expiry that moved by the ordered years was moved by the renew that was sent', () => {
    const moved = info({ exDate: inTwoYears })
    expect(judgeRenewalInfo(moved, held({ wasSent: true }))).toEqual({
      kind: 'renewed',
      expiresAt: inTwoYears,
    })
  })

  test('an expiry that moved without a renew of ours, or by other years, was moved by something else', () => {
    expect(judgeRenewalInfo(info({ exDate: inTwoYears }), held())).toEqual({
      kind: 'expiry_moved',
      expiresAt: inTwoYears,
    })
    const byOne = new Date('2028-11-24T14:00:00Z')
    expect(judgeRenewalInfo(info({ exDate: byOne }), held({ wasSent: true }))).toEqual({
      kind: 'expiry_moved',
      expiresAt: byOne,
    })
  })

  test.each([
    ['gone', answered<DomainInfo>(2303)],
    ["another registrar's", info({ clID: 'rival' })],
    ['registered anew', info({ crDate: new Date('2027-02-01T00:00:00Z') })],
  ])('a name that is %s is not held', (_, answer) => {
    expect(judgeRenewalInfo(answer, held({ wasSent: true }))).toEqual({ kind: 'not_held' })
  })

  test.each([
    ['no answer', { ...sent, kind: 'unknown', reason: 'time-out' } as const],
    ['nothing sent', { kind: 'not_sent', reason: 'no slot' } as const],
    ['trouble', answered<DomainInfo>(2400)],
    ['another name', info({ name: 'other.test' })],
    ['no expiry', answered<DomainInfo>(1000, withoutExpiry())],
    ['a pending renewal', info({ statuses: ['pendingRenew'] })],
  ])('%s decides nothing', (_, answer) => {
    expect(judgeRenewalInfo(answer, held({ wasSent: true }))).toMatchObject({ kind: 'undecided' })
  })
})

function withoutExpiry(): DomainInfo {
  return { name: 'ours.test', roid: 'R-1', clID: 'droplock', statuses: [], rgpStatuses: [] }
}

describe('the answer to a renew', () => {
  test('a success with the new expiry of the name is done', () => {
    const answer = answered(1000, { name: 'ours.test', exDate: inTwoYears })
    expect(interpretRenew(answer, 'ours.test')).toEqual({ kind: 'renewed', expiresAt: inTwoYears })
  })

  test.each([2004, 2105, 2201, 2303, 2304, 2306, 2308])('%i is a refusal', (code) => {
    expect(interpretRenew(answered(code), 'ours.test')).toEqual({ kind: 'refused', code })
  })

  test('an empty deposit and our own fault are alarms', () => {
    expect(interpretRenew(answered(2104), 'a.test')).toMatchObject({ kind: 'alarm', alarm: 'deposit_empty' })
    expect(interpretRenew(answered(2003), 'a.test')).toMatchObject({ kind: 'alarm', alarm: 'our_fault' })
  })

  test.each([
    ['no answer', { ...sent, kind: 'unknown', reason: 'time-out' } as const],
    ['a pending action', answered<never>(1001)],
    ['a failure that may not be one', answered<never>(2400)],
    ['the end of the session', answered<never>(2500)],
    ['a success without an expiry', answered(1000, { name: 'ours.test' })],
    ['a success of another name', answered(1000, { name: 'other.test', exDate: inTwoYears })],
  ])('%s is ambiguous', (_, answer) => {
    expect(interpretRenew(answer, 'ours.test')).toMatchObject({ kind: 'ambiguous' })
  })

  test('a command that was not sent is tried again', () => {
    expect(interpretRenew({ kind: 'not_sent', reason: 'no slot' }, 'a.test')).toMatchObject({ kind: 'retry' })
  })
})
