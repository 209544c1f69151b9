import { describe, expect, test } from 'vitest'
import { type CreateVerdict, interpretCreate } from '../../src/drop/interpret-create.ts'
import type { Answered, Created, Sent } from '../../src/ports/registrar.ts'

const name = 'x.pl'
const crDate = new Date('2026-07-01T19:00:01Z')
const sent: Sent = { clTRID: 'DL-1', sentAt: new Date('2026-07-01T19:00:00Z'), sentAtMs: 5 }

function answered(code: number, data?: Created): Answered<Created> {
  const answer = { ...sent, kind: 'answered', code, message: '', svTRID: 'S-1', answeredAtMs: 9 } as const
  return data === undefined ? answer : { ...answer, data }
}

describe('every code has one meaning', () => {
  const verdicts: [number, CreateVerdict][] = [
    [1001, { kind: 'applied', code: 1001 }],
    [2002, { kind: 'retry', code: 2002 }],
    [2003, { kind: 'incomplete', code: 2003 }],
    [2004, { kind: 'incomplete', code: 2004 }],
    [2005, { kind: 'refused', code: 2005 }],
    [2104, { kind: 'deposit_empty', code: 2104 }],
    [2201, { kind: 'refused', code: 2201 }],
    [2302, { kind: 'exists', code: 2302 }],
    [2304, { kind: 'refused', code: 2304 }],
    [2305, { kind: 'retry', code: 2305 }],
    [2306, { kind: 'refused', code: 2306 }],
    [2308, { kind: 'refused', code: 2308 }],
    [2400, { kind: 'retry', code: 2400 }],
    [2500, { kind: 'session_ended', code: 2500, reconnect: 'at_once' }],
    [2501, { kind: 'session_ended', code: 2501, reconnect: 'never' }],
    [2502, { kind: 'session_ended', code: 2502, reconnect: 'back_off' }],
    [2599, { kind: 'session_ended', code: 2599, reconnect: 'at_once' }],
    [2499, { kind: 'retry', code: 2499 }],
  ]
  test.each(verdicts)('%i', (code, verdict) => {
    expect(interpretCreate(answered(code), name, false)).toEqual(verdict)
  })

  test.each([2000, 2001, 2100, 2101, 2102, 2103, 2200, 2202, 2303, 2307])(
    '%i is a fault of ours, which fails no name',
    (code) => {
      expect(interpretCreate(answered(code), name, false)).toEqual({ kind: 'our_fault', code })
    },
  )

  test.each([1300, 1301, 1500, 1999, 2105, 2106, 2300, 2301, 0, 999, 3000])(
    '%i is no answer to a create, so info has to decide',
    (code) => {
      expect(interpretCreate(answered(code), name, false).kind).toBe('unknown')
    },
  )
})

test('2306 is the policy on a name, or the currency of the fee where the create carried one', () => {
  expect(interpretCreate(answered(2306), name, false)).toEqual({ kind: 'refused', code: 2306 })
  expect(interpretCreate(answered(2306), name, true)).toEqual({ kind: 'incomplete', code: 2306 })
})

describe('a win', () => {
  test('carries the dates of the registry', () => {
    const exDate = new Date('2027-07-01T19:00:01Z')
    expect(interpretCreate(answered(1000, { name, crDate, exDate }), name, false)).toEqual({
      kind: 'registered',
      crDate,
      exDate,
    })
  })

  test('needs no expiry date, and the case of the name does not matter', () => {
    expect(interpretCreate(answered(1000, { name: 'X.PL', crDate }), name, false)).toEqual({
      kind: 'registered',
      crDate,
    })
  })

  test('without a creation date is unknown', () => {
    expect(interpretCreate(answered(1000), name, false).kind).toBe('unknown')
  })

  test.each([1000, 1001])('that names another domain is unknown (%i)', (code) => {
    expect(interpretCreate(answered(code, { name: 'y.pl', crDate }), name, false).kind).toBe('unknown')
  })
})

test('no answer is unknown, but a create that was not sent is not', () => {
  expect(interpretCreate({ ...sent, kind: 'unknown', reason: 'timed out' }, name, false)).toEqual({
    kind: 'unknown',
    reason: 'timed out',
  })
  expect(interpretCreate({ kind: 'not_sent', reason: 'no session' }, name, false)).toEqual({
    kind: 'not_sent',
    reason: 'no session',
  })
})
