import { expect, test } from 'vitest'
import { runFaults } from './faults/run-faults.ts'

/** A share of `npm run trust -- faults`: the first seeds of every cell, one with commands in flight behind the injected one. */
const RUNS = 3

/** 15 commands and the login, by 20 faults, less what a fault can't injectFault. */
const CELLS_MIN = 270

test('under every fault on every command, what the client concludes is what the registry did', async () => {
  const cells = await runFaults(RUNS)
  const wrong = cells.flatMap((cell) => cell.wrong.map((what) => `${cell.fault} on ${cell.command}: ${what}`))
  expect(wrong).toEqual([])
  expect(cells.length).toBeGreaterThanOrEqual(CELLS_MIN)
})
