import { describe, expect, test } from 'vitest'
import { money } from '../../src/money.ts'
import {
  type Fact,
  type MovementKind,
  matchMovements,
  type ReportedMovement,
} from '../../src/reconciliation/match-movements.ts'

const NOON = new Date('2026-11-24T12:00:00Z')
const before = new Date(NOON.getTime() - 1)
const terms = { source: 'stripe', dueBefore: NOON }
const usd = (minor: bigint) => money(minor, 'USD')

const payment: Fact = {
  type: 'payment',
  id: 'ours',
  objectId: 'pi_1',
  expects: [{ kind: 'payment', amount: usd(100n), bookedAt: before }],
}

function movement(
  kind: MovementKind,
  minor: bigint,
  changes: Partial<ReportedMovement> = {},
): ReportedMovement {
  return {
    id: `txn_${kind}`,
    kind,
    objectId: 'pi_1',
    amount: usd(minor),
    settled: usd(minor),
    fee: usd(0n),
    createdAt: before,
    reportedFirst: 'as it is',
    reportedLast: 'as it is',
    isGone: false,
    ...changes,
  }
}

const kinds = (fact: Fact, movements: readonly ReportedMovement[]) =>
  matchMovements(fact, movements, terms).findings.map(({ kind }) => kind)

describe('a booked payment', () => {
  test('matches its one movement, and counts as booked', () => {
    expect(matchMovements(payment, [movement('payment', 100n)], terms)).toEqual({
      findings: [],
      booked: [usd(100n)],
    })
  })

  test('is missing from the settling time on', () => {
    expect(kinds(payment, [])).toEqual(['missing_there'])
    const young = { ...payment, expects: [{ kind: 'payment', amount: usd(100n), bookedAt: NOON }] } as const
    expect(kinds(young, [])).toEqual([])
  })

  test('whose movement is no longer reported is missing, with the id it had', () => {
    const [finding] = matchMovements(payment, [movement('payment', 100n, { isGone: true })], terms).findings
    expect(finding).toMatchObject({ kind: 'missing_there', theirIds: ['txn_payment', 'pi_1'] })
    expect(finding?.detail).toContain('as it is')
  })

  test('reported twice is one finding, and a copy that differs is one more', () => {
    const copy = movement('payment', 100n, { id: 'txn_copy' })
    expect(kinds(payment, [movement('payment', 100n), copy])).toEqual(['doubled'])
    const odd = movement('payment', 101n, { id: 'txn_odd' })
    expect(kinds(payment, [movement('payment', 100n), odd])).toEqual(['doubled', 'altered'])
  })

  test.each([
    ['another amount', { amount: usd(101n), settled: usd(101n) }],
    ['another currency', { amount: money(100n, 'EUR'), settled: money(100n, 'EUR') }],
    ['another amount in our balance, of the same currency', { settled: usd(99n) }],
    ['the other direction in our balance', { settled: money(-90n, 'EUR') }],
    ['something else than it was first', { reportedFirst: 'as it was' }],
  ])('that is reported as %s is altered', (_what, changes) => {
    expect(kinds(payment, [movement('payment', 100n, changes)])).toEqual(['altered'])
  })

  test('settled in another currency matches by what the customer saw', () => {
    expect(kinds(payment, [movement('payment', 100n, { settled: money(92n, 'EUR') })])).toEqual([])
  })

  test('with a movement that we have not booked is unknown here, once it is due', () => {
    const refund = movement('refund', -100n)
    expect(kinds(payment, [movement('payment', 100n), refund])).toEqual(['unknown_here'])
    expect(kinds(payment, [movement('payment', 100n), { ...refund, createdAt: NOON }])).toEqual([])
  })
})

describe('a refund that failed before we booked its payment', () => {
  const failed: Fact = {
    type: 'refund',
    id: 'ours',
    objectId: 'pi_1',
    expects: [
      { kind: 'refund', amount: usd(-100n) },
      { kind: 'refund_failure', amount: usd(100n), reverses: 'refund' },
    ],
  }

  test('need not have moved at all', () => {
    expect(kinds(failed, [])).toEqual([])
  })

  test('comes back if it went', () => {
    expect(kinds(failed, [movement('refund', -100n), movement('refund_failure', 100n)])).toEqual([])
    expect(kinds(failed, [movement('refund', -100n)])).toEqual(['missing_there'])
  })
})
