import { describe, expect, test } from 'vitest'
import type { Answer, DomainInfo } from '../../src/ports/registrar.ts'
import { type HeldFacts, interpretRenew, judgeInfo } from '../../src/renewals.ts'

const crDate = new Date('2026-11-24T14:00:00.250Z')
const quotedExpiresAt = new Date('2027-11-24T14:00:00Z')
const facts = (changes: Partial<HeldFacts> = {}): HeldFacts => ({
  name: 'ours.test',
  clid: 'droplock',
  crDate,
  quotedExpiresAt,
  years: 2,
  wasSent: false,
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

describe('what the registry says of a name', () => {
  test('an expiry on the quoted day is as it was quoted, also after a renew that did nothing', () => {
    const sameDay = info({ exDate: new Date('2027-11-24T23:59:59Z') })
    expect(judgeInfo(sameDay, facts())).toEqual({ kind: 'as_quoted' })
    expect(judgeInfo(sameDay, facts({ wasSent: true }))).toEqual({ kind: 'as_quoted' })
  })

  test('one that moved by the years asked for is the work of a renew that was sent', () => {
    const moved = info({ exDate: inTwoYears })
    expect(judgeInfo(moved, facts({ wasSent: true }))).toEqual({ kind: 'renewed', expiresAt: inTwoYears })
  })

  test('one that moved without a renew of ours, or by other years, was moved by something else', () => {
    expect(judgeInfo(info({ exDate: inTwoYears }), facts())).toEqual({
      kind: 'expiry_moved',
      expiresAt: inTwoYears,
    })
    const byOne = new Date('2028-11-24T14:00:00Z')
    expect(judgeInfo(info({ exDate: byOne }), facts({ wasSent: true }))).toEqual({
      kind: 'expiry_moved',
      expiresAt: byOne,
    })
  })

  test.each([
    ['gone', answered<DomainInfo>(2303)],
    ["somebody else's", info({ clID: 'rival' })],
    ['registered anew', info({ crDate: new Date('2027-02-01T00:00:00Z') })],
  ])('a name that is %s is not held', (_, answer) => {
    expect(judgeInfo(answer, facts({ wasSent: true }))).toEqual({ kind: 'not_held' })
  })

  test.each([
    ['no answer', { ...sent, kind: 'unknown', reason: 'time-out' } as const],
    ['nothing sent', { kind: 'not_sent', reason: 'no slot' } as const],
    ['trouble', answered<DomainInfo>(2400)],
    ['another name', info({ name: 'other.test' })],
    ['no expiry', answered<DomainInfo>(1000, withoutExpiry())],
    ['a pending renewal', info({ statuses: ['pendingRenew'] })],
  ])('%s decides nothing', (_, answer) => {
    expect(judgeInfo(answer, facts({ wasSent: true }))).toMatchObject({ kind: 'undecided' })
  })
})

function withoutExpiry(): DomainInfo {
  return { name: 'ours.test', roid: 'R-1', clID: 'droplock', statuses: [], rgpStatuses: [] }
}

describe('what a renew came to', () => {
  test('a success with the new expiry of the name is done', () => {
    const answer = answered(1000, { name: 'ours.test', exDate: inTwoYears })
    expect(interpretRenew(answer, 'ours.test')).toEqual({ kind: 'renewed', expiresAt: inTwoYears })
  })

  test.each([2004, 2105, 2201, 2303, 2304, 2306, 2308])('%i is a refusal', (code) => {
    expect(interpretRenew(answered(code), 'ours.test')).toEqual({ kind: 'refused', code })
  })

  test('an empty deposit is an alarm, and so is what we did wrong', () => {
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
  ])('%s leaves doubt', (_, answer) => {
    expect(interpretRenew(answer, 'ours.test')).toMatchObject({ kind: 'in_doubt' })
  })

  test('what was not sent is tried again', () => {
    expect(interpretRenew({ kind: 'not_sent', reason: 'no slot' }, 'a.test')).toMatchObject({ kind: 'retry' })
  })
})
