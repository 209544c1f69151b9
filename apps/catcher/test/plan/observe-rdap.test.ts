import { expect, test } from 'vitest'
import { observeInfo } from '../../src/plan/observe.ts'
import { observeRdap } from '../../src/plan/observe-rdap.ts'
import { accountFacts, target } from '../support/target.ts'

const NOW = 30_000
const hidden = target({
  phase: 'not_ours',
  exists: true,
  rdapUrl: 'https://rdap.test',
  rdap: { sinceMs: NOW, againMs: NOW, taken: false },
})

test.each([
  ['taken', 'lost'],
  ['not_purged', 'missed'],
  ['withdrawn', 'withdrawn'],
] as const)('a name that RDAP shows as %s is %s', (kind, outcome) => {
  expect(observeRdap(hidden, { kind }, NOW)).toEqual({
    target: { ...hidden, phase: 'decided', rdap: expect.anything() },
    decision: { outcome, basis: 'rdap', holderClid: null },
  })
})

test('a name that RDAP does not know is created: it may be free', () => {
  const observed = observeRdap(hidden, { kind: 'absent' }, NOW)
  expect(observed.decision).toBeUndefined()
  expect(observed.target).toMatchObject({ phase: 'firing', due: 'create' })
})

/** How long after `afterMs` of asking the next question is. */
function againAt(afterMs: number, retryAfterMs?: number): number {
  const verdict = { kind: 'undecided', reason: '429', ...(retryAfterMs && { retryAfterMs }) } as const
  const { target: asked } = observeRdap(hidden, verdict, NOW + afterMs)
  return (asked.rdap?.againMs ?? 0) - NOW - afterMs
}

test('without a decision RDAP is asked again after a growing pause, and not before the server allows it', () => {
  expect([0, 10_000, 100_000, 800_000].map((afterMs) => againAt(afterMs))).toEqual([
    2_000, 5_000, 50_000, 120_000,
  ])
  expect(againAt(0, 90_000)).toBe(90_000)
})

test('after a quarter of an hour without a usable RDAP answer the outcome is presumed', () => {
  const undecided = { kind: 'undecided', reason: '503' } as const
  expect(observeRdap(hidden, undecided, NOW + 899_999).decision).toBeUndefined()
  expect(observeRdap(hidden, undecided, NOW + 900_000).decision).toEqual({
    outcome: 'lost',
    basis: 'presumed',
    holderClid: null,
  })
  expect(observeRdap(hidden, { kind: 'absent' }, NOW + 900_000).decision).toMatchObject({
    basis: 'presumed',
  })
})

test('a name that was applied for is lost only when the registry refuses info after RDAP showed the new registration', () => {
  const applied = { ...hidden, applied: true }
  const taken = observeRdap(applied, { kind: 'taken' }, NOW)
  expect(taken.decision).toBeUndefined()
  expect(taken.target.phase).toBe('awaiting_award')
  const crDate = new Date(NOW)
  expect(
    observeInfo(taken.target, { kind: 'ours', clID: 'droplock', crDate }, NOW, accountFacts()).decision,
  ).toMatchObject({
    outcome: 'registered',
  })
  expect(observeInfo(taken.target, { kind: 'not_ours' }, NOW, accountFacts()).decision).toMatchObject({
    outcome: 'lost',
    basis: 'rdap',
  })
})

test('no other RDAP answer decides a name that was applied for', () => {
  const applied = { ...hidden, applied: true }
  for (const kind of ['not_purged', 'withdrawn', 'absent'] as const) {
    const observed = observeRdap(applied, { kind }, NOW + 10_000_000)
    expect(observed.decision).toBeUndefined()
    expect(observed.target.phase).toBe('awaiting_award')
  }
})
