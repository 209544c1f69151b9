import { expect, test } from 'vitest'
import { scheduleChangeActions } from '../../src/schedule/change-actions.ts'

const byOperator = (state: Parameters<typeof scheduleChangeActions>[0]['state']) =>
  scheduleChangeActions({ state, kind: 'shift' }, ['operator'])

test('a change is applied, stopped and undone in the states that the machine has for it, by who may move schedules', () => {
  expect(byOperator('draft')).toEqual(['apply'])
  expect(byOperator('applying')).toEqual(['stop'])
  expect(byOperator('stopped')).toEqual(['undo', 'apply'])
  expect(byOperator('applied')).toEqual(['undo'])
  expect(byOperator('undoing')).toEqual([])
  expect(byOperator('undone')).toEqual([])
  expect(scheduleChangeActions({ state: 'applied', kind: 'drift' }, ['operator'])).toEqual([])
  expect(scheduleChangeActions({ state: 'draft', kind: 'shift' }, ['viewer', 'finance'])).toEqual([])
})
