import { expect, test } from 'vitest'
import { runActions } from '../../src/lists.ts'
import { statesOf } from '../../src/machines/machine.ts'
import { syncRunMachine } from '../../src/machines/sync-run.ts'

test('an operator publishes or discards a run that is held back or ready, and no other', () => {
  const actionable = statesOf(syncRunMachine).filter((state) => runActions(state, ['operator']).length > 0)
  expect(actionable).toEqual(['ready', 'quarantined'])
  expect(runActions('quarantined', ['operator'])).toEqual(['publish', 'discard'])
})

test('a viewer and finance do neither', () => {
  expect(runActions('quarantined', ['viewer', 'finance'])).toEqual([])
})
