import { expect, test } from 'vitest'
import {
  findQuarantineReasons,
  isMalformed,
  mayFollow,
  type QuarantineFacts,
  runActions,
} from '../src/lists.ts'
import { statesOf } from '../src/machines/machine.ts'
import { syncRunMachine } from '../src/machines/sync-run.ts'

const limits = { suspectedPercentMax: 20, movedPercentMax: 20, rowsPercentMin: 30, rejectsPercentMax: 50 }
const usual: QuarantineFacts = {
  scopeKind: 'snapshot',
  malformed: 0,
  added: 0,
  zonesEmptied: [],
  zonesMissing: [],
  rows: 1_000,
  tooLate: 0,
  brokeOff: null,
  rowsUsual: 1_000,
  live: 1_000,
  moved: 0,
  suspected: 0,
}
const reasons = (changes: Partial<QuarantineFacts>) => findQuarantineReasons({ ...usual, ...changes }, limits)

test('a usual list is published', () => {
  expect(reasons({})).toEqual([])
  expect(reasons({ rowsUsual: null, rows: 3, live: 0 })).toEqual([])
})

test('the limit itself is allowed, one more is not', () => {
  expect(reasons({ suspected: 200 })).toEqual([])
  expect(reasons({ suspected: 201 })).toEqual(['too_many_suspected'])
  expect(reasons({ moved: 200 })).toEqual([])
  expect(reasons({ moved: 201 })).toEqual(['too_many_moved'])
  expect(reasons({ rows: 300 })).toEqual([])
  expect(reasons({ rows: 299 })).toEqual(['too_few_rows'])
})

test('a list with 2 % of the usual rows is quarantined with every reason', () => {
  expect(reasons({ rows: 20, suspected: 980 })).toEqual(['too_many_suspected', 'too_few_rows'])
})

test('a percentage of a few names is ignored', () => {
  expect(reasons({ live: 19, moved: 19 })).toEqual([])
  expect(reasons({ live: 20, moved: 20 })).toEqual(['too_many_moved'])
  expect(reasons({ rowsUsual: 19, rows: 1 })).toEqual([])
})

test('a list that was not read to its end is quarantined with the reason', () => {
  expect(reasons({ brokeOff: 'truncated' })).toEqual(['truncated'])
  expect(reasons({ brokeOff: 'beyond_limits' })).toEqual(['beyond_limits'])
})

test('a list without a name that can be listed is quarantined for that', () => {
  expect(reasons({ rows: 0 })).toEqual(['nothing_to_list'])
  expect(reasons({ rows: 7, tooLate: 7 })).toEqual(['nothing_to_list'])
  expect(reasons({ rows: 1_000, tooLate: 999 })).toEqual([])
})

test('limits of 100 and 0 per cent quarantine nothing', () => {
  const off = { suspectedPercentMax: 100, movedPercentMax: 100, rowsPercentMin: 0, rejectsPercentMax: 100 }
  const broken = { rows: 1, moved: 1_000, suspected: 1_000, malformed: 1_000 }
  const zones = { zonesEmptied: ['a'], zonesMissing: ['b'] }
  expect(findQuarantineReasons({ ...usual, ...broken, ...zones }, off)).toEqual([])
})

test('a list of which most rows cannot be read is quarantined', () => {
  expect(reasons({ malformed: 1_000 })).toEqual([])
  expect(reasons({ malformed: 1_001 })).toEqual(['too_many_rejects'])
  expect(isMalformed('invalid_name')).toBe(true)
  expect(isMalformed('zone_not_served')).toBe(false)
})

test('a list that empties a zone is quarantined, however few names the zone has', () => {
  expect(reasons({ live: 1, suspected: 1, zonesEmptied: ['agro.pl'] })).toEqual(['zone_emptied'])
  expect(reasons({ zonesMissing: ['com.pl'] })).toEqual(['zone_emptied'])
})

test('an increment is judged with the names that it adds, a snapshot without', () => {
  const facts = { rows: 3_000, live: 100, moved: 100, added: 2_900, rowsUsual: 3_000 }
  expect(reasons({ ...facts, scopeKind: 'snapshot' })).toEqual(['too_many_moved'])
  expect(reasons({ ...facts, scopeKind: 'increment' })).toEqual([])
  expect(reasons({ ...facts, scopeKind: 'increment', live: 1_000, moved: 1_000, added: 2_000 })).toEqual([
    'too_many_moved',
  ])
})

test('of two lists the one with the higher precedence is followed, of equal ones the later', () => {
  expect([mayFollow(1, 0), mayFollow(0, 0), mayFollow(0, 1)]).toEqual([true, true, false])
})

test('an operator may publish or discard a quarantined or ready run, and no other', () => {
  const actionable = statesOf(syncRunMachine).filter(
    (state) => runActions({ state, isDryRun: false }, ['operator']).length > 0,
  )
  expect(actionable).toEqual(['ready', 'quarantined'])
  expect(runActions({ state: 'quarantined', isDryRun: false }, ['operator'])).toEqual(['publish', 'discard'])
})

test('a dry run may be discarded, and is never published', () => {
  expect(runActions({ state: 'ready', isDryRun: true }, ['operator'])).toEqual(['discard'])
})

test('a viewer and finance may do neither', () => {
  expect(runActions({ state: 'quarantined', isDryRun: false }, ['viewer', 'finance'])).toEqual([])
})
