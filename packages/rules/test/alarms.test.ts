import { expect, test } from 'vitest'
import { alarmFactTexts, alarmSubjectText } from '../src/alarms.ts'

const id = '01990000-0000-7000-8000-000000000000'

test.each([
  ['target_undecided', id, { name: 'wanted.test' }, 'wanted.test'],
  ['event_undelivered', id, { address: 'anna@example.com' }, 'anna@example.com'],
  ['list_quarantined', id, { source: 'day-1.csv' }, 'day-1.csv'],
  ['fee_stale', 'shop', {}, '.shop'],
  ['deposit_empty', 'acme/us', {}, 'acme/us'],
  ['registry_transfer', 'acme/us 7', { account: 'acme/us', name: 'ours.test' }, 'ours.test'],
  ['registry_maintenance', 'acme/us 8', { account: 'acme/us' }, 'acme/us'],
  ['worker_stopped', 'worker', {}, undefined],
  ['target_undecided', id, null, id],
] as const)('%s names its subject as people know it', (kind, subject, facts, text) => {
  expect(alarmSubjectText({ kind, subject, facts })).toBe(text)
})

test('facts have labels, instants are written as on screens, and the subject is not repeated', () => {
  const facts = {
    name: 'wanted.test',
    graceUntil: '2026-02-15T13:00:00.250Z',
    state: 'firing',
    lack: null,
    reasons: ['too_many_suspected', 'empty'],
  }
  expect(alarmFactTexts({ kind: 'target_undecided', subject: id, facts })).toEqual([
    'Grace until: 2026-02-15 13:00:00 UTC',
    'State: firing',
    'Reasons: too many suspected, empty',
  ])
})
