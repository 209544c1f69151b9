import { describe, expect, test } from 'vitest'
import { money } from '../../src/money.ts'
import { type Charge, type Entry, matchCharges } from '../../src/reconciliation/match-charges.ts'

const NOON = new Date('2026-11-24T12:00:00Z')
const terms = { source: 'one/droplock', dueBefore: NOON }
const before = (seconds: number) => new Date(NOON.getTime() - seconds * 1_000)

function charge(id: string, changes: Partial<Charge> = {}): Charge {
  return {
    basis: 'configured',
    id,
    kind: 'registration',
    name: 'one.pl',
    amount: money(800n, 'USD'),
    chargedAt: before(60),
    svTRID: `SV-${id}`,
    ...changes,
  }
}

function entry(id: string, changes: Partial<Entry> = {}): Entry {
  return {
    line: 2,
    at: before(60),
    operation: 'create',
    name: 'one.pl',
    amount: money(800n, 'USD'),
    svTRID: `SV-${id}`,
    ...changes,
  }
}

const found = (charges: readonly Charge[], entries: readonly Entry[], more: object = {}) =>
  matchCharges(charges, entries, { ...terms, ...more }).map(({ kind, ours, theirIds }) => [
    kind,
    ours?.id,
    ...theirIds,
  ])

describe('charges and the lines of a report', () => {
  test('match by the id of the command, in any order', () => {
    const renewal = { kind: 'renewal', amount: money(900n, 'USD') } as const
    const renew = { operation: 'renew', amount: money(900n, 'USD') }
    expect(found([charge('a'), charge('b', renewal)], [entry('b', renew), entry('a')])).toEqual([])
  })

  test('match in the order of time where an id is missing, as after a create whose answer was lost', () => {
    expect(found([charge('a', { svTRID: undefined })], [entry('a')])).toEqual([])
    expect(found([charge('a')], [entry('a', { svTRID: undefined, operation: 'award' })])).toEqual([])
  })

  test('that are missing, doubled, altered or unknown are reported with both ids', () => {
    expect(found([charge('a')], [])).toEqual([['missing_there', 'a', 'SV-a']])
    expect(found([charge('a')], [entry('a'), entry('a', { line: 3 })])).toEqual([['doubled', 'a', 'SV-a']])
    expect(found([charge('a')], [entry('a', { amount: money(801n, 'USD') })])).toEqual([
      ['altered', 'a', 'SV-a'],
    ])
    expect(found([charge('a')], [entry('a', { amount: money(800n, 'EUR') })])).toEqual([
      ['altered', 'a', 'SV-a'],
    ])
    expect(found([], [entry('x')])).toEqual([['unknown_here', undefined, 'SV-x']])
    const credit = { operation: 'delete_in_add_period', amount: money(-800n, 'USD') }
    expect(found([charge('a')], [entry('a'), entry('c', credit)])).toEqual([
      ['unknown_here', undefined, 'SV-c'],
    ])
  })

  test('a doubled line does not match another charge of the name', () => {
    const lines = [entry('a'), entry('a', { line: 3 })]
    expect(found([charge('a'), charge('b')], lines)).toEqual([
      ['missing_there', 'b', 'SV-b'],
      ['doubled', 'a', 'SV-a'],
    ])
  })

  test('that are recent are neither missing nor unknown', () => {
    expect(found([charge('a', { chargedAt: NOON })], [entry('b', { at: NOON, operation: 'renew' })])).toEqual(
      [],
    )
  })

  test('before a report’s beginning are not missing, unless they were already', () => {
    const speaksFrom = before(30)
    expect(found([charge('a')], [], { speaksFrom })).toEqual([])
    expect(found([charge('a')], [], { speaksFrom, missedAlready: new Set(['a']) })).toHaveLength(1)
  })
})
