import { expect, test } from 'vitest'
import { changedMembers } from '../src/audit/changed-members.ts'

test('every member of either side is shown, changed ones first', () => {
  expect(
    changedMembers({ state: 'proposed', amount: 5 }, { amount: 5, state: 'approved', by: 'Ann' }),
  ).toEqual([
    { member: 'state', before: 'proposed', after: 'approved' },
    { member: 'by', before: '–', after: 'Ann' },
    { member: 'amount', before: '5', after: '5' },
  ])
})

test('before and after may be empty', () => {
  expect(changedMembers(undefined, null)).toEqual([])
  expect(changedMembers(null, { roles: ['admin'] })).toEqual([
    { member: 'roles', before: '–', after: '["admin"]' },
  ])
})
