import { reportTrust } from '@droplock/core/testing/trust-part'
import { expect, test } from 'vitest'
import { tryWithoutAnswerLimit } from './network/control.ts'
import { cellsWith, drawCells, runNetwork } from './network/run-network.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

/** Cells of the table; `npm test` tries two. */
const count = Number(process.env['DROPLOCK_NETWORK_CELLS'] ?? '2')
const seed = Number(process.env['DROPLOCK_NETWORK_SEED'] ?? '1')
const isShown = process.env['DROPLOCK_NETWORK_CELLS'] !== undefined

const only = process.env['DROPLOCK_NETWORK_ONLY']
const cells = only === undefined || only === '' ? drawCells(count, seed) : cellsWith(only)

/** A round waits for some minutes at most. */
const ROUND_MS_MAX = 300_000

test('whatever a connection between two processes does in the middle of its work, nothing is lost and nothing is done twice', {
  timeout: 60_000 + (cells.length + 1) * ROUND_MS_MAX,
}, async () => {
  const tried = await runNetwork(cells, seed, (each) => {
    if (isShown) console.log(JSON.stringify(each))
  })
  const controls = isShown ? [await tryWithoutAnswerLimit()] : []
  reportTrust({ trust: 'network', cells: tried, controls, seed })
  expect(controls.filter(({ caught }) => !caught)).toEqual([])
  expect(tried.filter(({ violations }) => violations.length > 0)).toEqual([])
})
