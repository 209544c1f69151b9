import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideByInfo, type InfoFacts } from '../../src/drop/decide-by-info.ts'
import type { Answered, DomainInfo } from '../../src/ports/registrar.ts'

const name = 'x.pl'
const sent = { clTRID: 'DL-1', sentAt: new Date('2026-07-01T19:00:00Z'), sentAtMs: 5 }
const priorCrDate = new Date('2019-05-05T05:05:05Z')
const armedAt = new Date('2026-07-01T15:00:00.500Z')
const won = new Date('2026-07-01T19:00:01Z')
const known: InfoFacts = { ourClids: new Set(['drop-1', 'drop-2']), priorCrDate, armedAt }
const unknown: InfoFacts = { ourClids: known.ourClids, armedAt }

function answered(code: number, data?: DomainInfo): Answered<DomainInfo> {
  const answer = { ...sent, kind: 'answered', code, message: '', svTRID: 'S-1', answeredAtMs: 9 } as const
  return data === undefined ? answer : { ...answer, data }
}

/** An active registration, except for what `changes` sets. */
function object(changes: Partial<DomainInfo>): DomainInfo {
  return { name, roid: 'R1', clID: 'rival', statuses: ['ok'], rgpStatuses: [], ...changes }
}

const decide = (changes: Partial<DomainInfo>, facts = known) =>
  decideByInfo(answered(1000, object(changes)), name, facts)
const kindOf = (changes: Partial<DomainInfo>, facts = known) => decide(changes, facts).kind
const dying = { statuses: ['pendingDelete'], rgpStatuses: ['pendingDelete'] }

describe('a new registration', () => {
  test('under one of our client ids is ours', () => {
    expect(decide({ clID: 'drop-2', crDate: won })).toEqual({ kind: 'ours', clID: 'drop-2', crDate: won })
  })

  test('under any other is lost', () => {
    expect(decide({ crDate: won })).toEqual({ kind: 'other', clID: 'rival', crDate: won })
  })

  test('under a client id that differs from ours by case only is lost', () => {
    expect(kindOf({ clID: 'DROP-1', crDate: won })).toBe('other')
  })

  test('that is still pending is our application, or decides nothing where it is another registrar\u2019s', () => {
    expect(kindOf({ clID: 'drop-1', crDate: won, statuses: ['pendingCreate'] })).toBe('pending')
    expect(kindOf({ clID: 'rival', crDate: won, statuses: ['pendingCreate'] })).toBe('undecided')
  })
})

test('a registry that refuses the info (2201) shows only that the name is not ours', () => {
  expect(decideByInfo(answered(2201), name, known)).toEqual({ kind: 'not_ours' })
})

describe('the old registration', () => {
  test.each(['drop-1', 'rival'])(
    'pending its purge is not purged, whichever registrar had it (%s)',
    (clID) => {
      expect(kindOf({ clID, crDate: priorCrDate, ...dying })).toBe('not_purged')
    },
  )

  test('without RGP statuses is decided by the EPP status', () => {
    expect(kindOf({ crDate: priorCrDate, statuses: ['clientHold', 'pendingDelete'] })).toBe('not_purged')
  })

  test.each(['drop-1', 'rival'])(
    'no longer pendingDelete is withdrawn, also under our own id (%s)',
    (clID) => {
      expect(kindOf({ clID, crDate: priorCrDate })).toBe('withdrawn')
    },
  )

  test.each(['redemptionPeriod', 'pendingRestore'])(
    'in %s is withdrawn, though its EPP status is pendingDelete',
    (rgp) => {
      expect(kindOf({ crDate: priorCrDate, statuses: ['pendingDelete'], rgpStatuses: [rgp] })).toBe(
        'withdrawn',
      )
    },
  )

  test('without any status is not purged', () => {
    expect(kindOf({ crDate: priorCrDate, statuses: [] })).toBe('not_purged')
  })

  test('is recognised by its creation date to the second, with or without a fraction', () => {
    const fraction = new Date(priorCrDate.getTime() + 700)
    expect(kindOf({ clID: 'drop-1', crDate: fraction })).toBe('withdrawn')
    expect(kindOf({ clID: 'drop-1', crDate: priorCrDate }, { ...known, priorCrDate: fraction })).toBe(
      'withdrawn',
    )
  })

  test('one second newer is not the old one', () => {
    expect(kindOf({ clID: 'drop-1', crDate: new Date(priorCrDate.getTime() + 1_000) })).toBe('ours')
  })
})

describe('contradictory dates', () => {
  const older = new Date(priorCrDate.getTime() - 1_000)

  test('a registration with our id that is older than the deleted one decides nothing', () => {
    expect(kindOf({ clID: 'drop-1', crDate: older })).toBe('undecided')
  })

  test('a registration with our id and without a date decides nothing', () => {
    expect(kindOf({ clID: 'drop-1' })).toBe('undecided')
    expect(kindOf({ clID: 'drop-1' }, unknown)).toBe('undecided')
  })

  test('another registrar’s is lost even without a date', () => {
    expect(decide({})).toEqual({ kind: 'other', clID: 'rival' })
  })

  test('one that is pending delete is the old registration even without a date', () => {
    expect(kindOf({ ...dying })).toBe('not_purged')
    expect(kindOf({ clID: 'drop-1', ...dying })).toBe('not_purged')
    expect(kindOf({ clID: 'drop-1', rgpStatuses: ['pendingDelete'] })).toBe('not_purged')
  })

  test('an answer with neither date nor status decides nothing', () => {
    expect(kindOf({ statuses: [] })).toBe('undecided')
  })
})

describe('with the prior creation date unknown', () => {
  test('only a registration since the arming is ours', () => {
    expect(kindOf({ clID: 'drop-1', crDate: won }, unknown)).toBe('ours')
    expect(kindOf({ clID: 'drop-1', crDate: priorCrDate }, unknown)).toBe('withdrawn')
    expect(kindOf({ clID: 'drop-1', crDate: priorCrDate, ...dying }, unknown)).toBe('not_purged')
  })

  test('a date that is cut to the second of the arming counts as since the arming', () => {
    expect(kindOf({ clID: 'drop-1', crDate: new Date('2026-07-01T15:00:00Z') }, unknown)).toBe('ours')
  })

  test('shortly before the arming a clock is wrong: ours decides nothing, another registrar\u2019s is lost', () => {
    const crDate = new Date('2026-07-01T14:59:59Z')
    expect(kindOf({ clID: 'drop-1', crDate }, unknown)).toBe('undecided')
    expect(kindOf({ crDate }, unknown)).toBe('other')
  })
})

describe('answers', () => {
  test('no such object means gone: free now', () => {
    expect(decideByInfo(answered(2303), name, known)).toEqual({ kind: 'gone' })
  })

  test.each([1001, 2202, 2400, 2500, 2502])('%i decides nothing', (code) => {
    expect(decideByInfo(answered(code), name, known).kind).toBe('undecided')
  })

  test('success without data, or about another name, decides nothing', () => {
    expect(decideByInfo(answered(1000), name, known).kind).toBe('undecided')
    expect(kindOf({ name: 'y.pl', clID: 'drop-1', crDate: won })).toBe('undecided')
  })

  test('no answer decides nothing', () => {
    expect(decideByInfo({ ...sent, kind: 'unknown', reason: 'timed out' }, name, known).kind).toBe(
      'undecided',
    )
    expect(decideByInfo({ kind: 'not_sent', reason: 'no session' }, name, known).kind).toBe('undecided')
  })
})

const around = (instant: Date) =>
  fc.integer({ min: -100_000, max: 100_000 }).map((ms) => new Date(instant.getTime() + ms))
const anyInfo = fc.record(
  {
    clID: fc.constantFrom('drop-1', 'drop-2', 'rival'),
    crDate: fc.oneof(around(priorCrDate), around(armedAt), around(won)),
    statuses: fc.subarray(['ok', 'pendingDelete', 'pendingCreate', 'clientHold']),
    rgpStatuses: fc.subarray(['pendingDelete', 'redemptionPeriod', 'pendingRestore']),
  },
  { requiredKeys: ['clID', 'statuses', 'rgpStatuses'] },
)
const anyFacts = fc.constantFrom(known, unknown)

test('a win is always newer than the deleted registration, has our id and the registry’s date', () => {
  fc.assert(
    fc.property(anyInfo, anyFacts, (info, facts) => {
      const verdict = decide(info, facts)
      if (verdict.kind !== 'ours') return
      expect(facts.ourClids).toContain(info.clID)
      expect(verdict.crDate).toBe(info.crDate)
      const oldest = facts.priorCrDate?.getTime() ?? armedAt.getTime() - 1_000
      expect(verdict.crDate.getTime()).toBeGreaterThan(oldest)
    }),
    { numRuns: 2_000 },
  )
})

test('a newer registration with our id is never refunded: neither lost nor withdrawn', () => {
  fc.assert(
    fc.property(anyInfo, anyFacts, (info, facts) => {
      if (!facts.ourClids.has(info.clID) || info.crDate === undefined || info.crDate < armedAt) return
      expect(['ours', 'pending', 'undecided']).toContain(kindOf(info, facts))
    }),
    { numRuns: 2_000 },
  )
})
