import { expect, test } from 'vitest'
import { may, permissionTable, type Role, roles } from '../../src/staff.ts'

const changing = Object.keys(permissionTable).filter((permission) => !permission.endsWith(':read'))

test('a viewer reads, and changes nothing', () => {
  const allowed = changing.filter((permission) => may(['viewer'], permission as keyof typeof permissionTable))
  expect(allowed).toEqual([])
  expect(may(['viewer'], 'console:read')).toBe(true)
})

test('no one role both manages staff and moves money', () => {
  const both = roles.filter((role) => may([role], 'staff:manage') && may([role], 'refunds:decide'))
  expect(both).toEqual([])
})

test('an operator proposes refunds and moves no money', () => {
  expect(may(['operator'], 'refunds:propose')).toBe(true)
  for (const permission of ['refunds:complete', 'refunds:decide', 'refunds:retry', 'credit:set'] as const) {
    expect(may(['operator', 'admin', 'viewer'], permission)).toBe(false)
  }
})

test('finance proposes, completes small ones, and does not decide', () => {
  expect(may(['finance'], 'refunds:propose')).toBe(true)
  expect(may(['finance'], 'refunds:complete')).toBe(true)
  expect(may(['finance'], 'refunds:decide')).toBe(false)
})

test('several roles add up, and none allows nothing', () => {
  const held: readonly Role[] = ['viewer', 'finance_approver']
  expect(may(held, 'refunds:decide')).toBe(true)
  expect(may([], 'console:read')).toBe(false)
})
