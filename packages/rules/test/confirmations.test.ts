import { describe, expect, test } from 'vitest'
import {
  confirmAgainAt,
  confirmByInfo,
  confirmByRdap,
  nextMeans,
  requireConfirmationTerms,
  type SuspectFacts,
} from '../src/confirmations.ts'
import type { RdapAnswer } from '../src/ports/rdap.ts'
import type { Answer, DomainInfo } from '../src/ports/registrar.ts'
import { Refusal } from '../src/refusals.ts'

const NOW = new Date('2026-07-01T12:00:00Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

const facts: SuspectFacts = {
  name: 'x.test',
  ourClids: new Set(['droplock']),
  listedAt: inDays(-2),
  suspectSince: inDays(-1),
  dropTo: inDays(2),
}

const sent = { clTRID: 'a', sentAt: NOW, sentAtMs: 0 } as const

function answered(code: number, data?: Partial<DomainInfo>): Answer<DomainInfo> {
  const common = { ...sent, kind: 'answered', code, message: '', svTRID: 'b', answeredAtMs: 1 } as const
  if (data === undefined) return common
  const usual = { name: 'x.test', roid: 'R1', clID: 'other', crDate: new Date('2019-01-01Z') }
  return { ...common, data: { ...usual, statuses: ['pendingDelete'], rgpStatuses: [], ...data } }
}

const info = (data: Partial<DomainInfo>, changed: Partial<SuspectFacts> = {}) =>
  confirmByInfo(answered(1000, data), { ...facts, ...changed }, NOW)

describe('by info', () => {
  test.each([
    ['the RGP status pendingDelete', { rgpStatuses: ['pendingDelete'] }],
    ['the EPP status, where no RGP status is shown', {}],
  ])('a name with %s is still to be deleted', (_, data) => {
    expect(info(data)).toEqual({ verdict: 'pending_delete', finding: 'pending delete' })
  })

  test.each([
    ['being restored', { rgpStatuses: ['pendingRestore'] }],
    ['registered, and not pending delete', { statuses: ['ok'] }],
    ['registered, and not pending delete', { statuses: ['clientHold'], rgpStatuses: ['autoRenewPeriod'] }],
    ['registered anew', { statuses: ['ok'], crDate: inDays(-1) }],
    ['registered anew', { statuses: ['pendingDelete'], crDate: inDays(-1) }],
    ['in redemption', { rgpStatuses: ['redemptionPeriod'] }],
  ])('a name that is %s is withdrawn', (finding, data) => {
    expect(info(data)).toEqual({ verdict: 'withdrawn', finding })
  })

  test('a name in redemption may still drop in time where its drop is days away', () => {
    const data = { rgpStatuses: ['redemptionPeriod'] }
    expect(info(data, { dropTo: inDays(4) })).toMatchObject({ verdict: 'pending_delete' })
    expect(info(data, { dropTo: inDays(3.9) })).toMatchObject({ verdict: 'withdrawn' })
  })

  test('a registration other than the one that was seen before is a new one', () => {
    const seen = { statuses: ['ok'], crDate: new Date('2019-01-02Z') }
    expect(info(seen, { priorCrDate: new Date('2019-01-01Z') })).toMatchObject({ finding: 'registered anew' })
  })

  test('a name that is gone is neither withdrawn nor cleared', () => {
    expect(confirmByInfo(answered(2303), facts, NOW)).toEqual({ verdict: 'gone', finding: 'not registered' })
  })

  test.each<[string, Answer<DomainInfo>]>([
    ['another name', answered(1000, { name: 'y.test', statuses: ['ok'] })],
    ['no status', answered(1000, { statuses: [] })],
    ['no known status', answered(1000, { statuses: ['lockedByAcme'] })],
    ['no data', answered(1000)],
    ['a refusal to others', answered(2201)],
    ['a failed command', answered(2400)],
    ['a registration of ours', answered(1000, { clID: 'droplock', statuses: ['ok'], crDate: inDays(-1) })],
    ['a create that is pending', answered(1000, { statuses: ['pendingCreate'] })],
    ['no answer', { ...sent, kind: 'unknown', reason: 'timed out' }],
  ])('%s decides nothing', (_, answer) => {
    expect(confirmByInfo(answer, facts, NOW)).toMatchObject({ verdict: 'undecided' })
  })
})

function found(domain: Partial<Extract<RdapAnswer, { kind: 'found' }>['domain']>): RdapAnswer {
  const usual = { name: 'x.test', statuses: ['pending delete'], registeredAt: new Date('2019-01-01Z') }
  return { kind: 'found', domain: { ...usual, updatedAt: NOW, ...domain } }
}

describe('by RDAP', () => {
  test.each<[string, string, RdapAnswer]>([
    ['pending_delete', 'pending delete', found({})],
    ['withdrawn', 'being restored', found({ statuses: ['pending delete', 'pending restore'] })],
    ['withdrawn', 'in redemption', found({ statuses: ['pending delete', 'redemption period'] })],
    ['withdrawn', 'registered, and not pending delete', found({ statuses: ['active'] })],
    ['withdrawn', 'registered anew', found({ statuses: ['active'], registeredAt: inDays(-1) })],
    ['gone', 'not registered', { kind: 'absent' }],
  ])('%s: %s', (verdict, finding, answer) => {
    expect(confirmByRdap(answer, facts, NOW)).toEqual({ verdict, finding })
  })

  test.each<[string, RdapAnswer]>([
    ['another name', found({ name: 'y.test', statuses: ['active'] })],
    ['no status', found({ statuses: [] })],
    ['no known status', found({ statuses: ['associated'] })],
    ['data from before it was suspect', found({ statuses: ['active'], updatedAt: inDays(-1.5) })],
    ['a server that does not answer', { kind: 'unavailable', reason: 'status 503' }],
  ])('%s decides nothing', (_, answer) => {
    expect(confirmByRdap(answer, facts, NOW)).toMatchObject({ verdict: 'undecided' })
  })

  test('without a registration date nothing is decided', () => {
    const { registeredAt: _, ...domain } = { name: 'x.test', statuses: ['active'], registeredAt: NOW }
    expect(confirmByRdap({ kind: 'found', domain }, facts, NOW)).toMatchObject({ verdict: 'undecided' })
  })
})

test('the means of a registry take turns, without those that are not available', () => {
  const both = new Set(['info', 'rdap'] as const)
  expect(nextMeans(['info', 'rdap'], both, null)).toBe('info')
  expect(nextMeans(['info', 'rdap'], both, 'info')).toBe('rdap')
  expect(nextMeans(['info', 'rdap'], both, 'rdap')).toBe('info')
  expect(nextMeans(['rdap', 'info'], both, null)).toBe('rdap')
  expect(nextMeans(['info', 'rdap'], new Set(['rdap'] as const), null)).toBe('rdap')
  expect(nextMeans(['info'], new Set(['info'] as const), 'info')).toBe('info')
  expect(nextMeans(['info'], new Set(), null)).toBeUndefined()
})

const pauseMs = (attempts: number, means = 2, dropFrom = inDays(30)) =>
  confirmAgainAt(attempts, means, dropFrom, NOW).getTime() - NOW.getTime()

test('the other means is used at once, and after each round the pause is twice as long, up to an hour', () => {
  expect([1, 2, 3, 4].map((attempts) => pauseMs(attempts))).toEqual([0, 30_000, 0, 60_000])
  expect([1, 2, 3].map((attempts) => pauseMs(attempts, 1))).toEqual([30_000, 60_000, 120_000])
  expect(pauseMs(1_000, 1)).toBe(3_600_000)
})

test('near the drop a suspect is asked about more often', () => {
  const inAnHour = new Date(NOW.getTime() + 3_600_000)
  expect(pauseMs(20, 1, inAnHour)).toBe(360_000)
  expect(pauseMs(20, 1, NOW)).toBe(30_000)
})

test.each([
  [[], 60],
  [['info', 'info'], 60],
  [['rdap'], 0],
  [['rdap'], 1.5],
  [['rdap'], 6_001],
] as const)('terms that cannot be kept are refused (%j, %d)', (by, rdapPerMinuteMax) => {
  expect(() => requireConfirmationTerms({ by, rdapPerMinuteMax })).toThrow(Refusal)
})
