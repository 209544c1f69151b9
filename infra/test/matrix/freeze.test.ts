import { reportTrust } from '@droplock/core/testing/trust-part'
import { expect, test } from 'vitest'
import { tryWithoutLease } from './freeze/control.ts'
import { cellsWith, drawCells, runFreeze } from './freeze/run-freeze.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

/** Cells of the table; `npm test` tries one. */
const given = process.env['DROPLOCK_FREEZE_CELLS']
const seed = Number(process.env['DROPLOCK_FREEZE_SEED'] ?? '1')
const only = process.env['DROPLOCK_FREEZE_ONLY'] ?? ''
const cells = only === '' ? drawCells(Number(given ?? '1'), seed) : cellsWith(only)

/** A round waits for some minutes at most. */
const ROUND_MS_MAX = 300_000

test('a process that was stopped, for longer than its lease too, does nothing with what it no longer holds when it continues: nothing is lost, and nothing is done twice', {
  timeout: 120_000 + (cells.length + 1) * ROUND_MS_MAX,
}, async () => {
  const tried = await runFreeze(cells, (each) => {
    if (given !== undefined) console.log(JSON.stringify(each))
  })
  const controls = given === undefined ? [] : [await tryWithoutLease()]
  reportTrust({ trust: 'freeze', cells: tried, controls, kills: tried.length, seed })
  expect(tried.filter(({ violations }) => violations.length > 0)).toEqual([])
  expect(controls.filter(({ caught }) => !caught)).toEqual([])
})
