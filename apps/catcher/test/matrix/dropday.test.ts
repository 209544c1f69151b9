import { reportTrust } from '@droplock/core/testing/trust-part'
import { expect, test } from 'vitest'
import { cellsOf, runDropday, summarise } from './dropday/run-dropday.ts'
import { allFaults, signalsIn } from './dropday/trial.ts'

/** A share of `npm run trust -- dropday`: each fault once, side by side, in smaller bursts. */
const given = process.env['DROPLOCK_DROPDAY_RUNS']
const runs = Number(given ?? '1')
const seed = Number(process.env['DROPLOCK_DROPDAY_SEED'] ?? '1')
const only = process.env['DROPLOCK_DROPDAY_ONLY']?.split(',')
const faults = allFaults.filter((fault) => only?.includes(fault) ?? true)
const lanes = Number(process.env['DROPLOCK_DROPDAY_LANES'] ?? String(faults.length))

/** A trial waits for three minutes at most until all is decided; ordering and ending take less than two. */
const TRIAL_MS_MAX = 300_000

test('whatever fails in the middle of a burst, every order ends as the registry has it, within all limits, and money, events and statistics agree', {
  timeout: 60_000 + Math.ceil((faults.length * runs) / lanes) * TRIAL_MS_MAX,
}, async () => {
  const size = given === undefined ? 'share' : 'whole'
  const results = await runDropday({ faults, runs, seed, lanes, size }, (result) => {
    if (given !== undefined || result.wrong.length > 0) console.log(JSON.stringify(result))
  })
  if (given !== undefined) console.table(summarise(results))
  reportTrust({
    trust: 'dropday',
    cells: cellsOf(results),
    kills: results.reduce((sum, result) => sum + signalsIn(result), 0),
    seed,
  })
  expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([])
  expect(results).toHaveLength(faults.length * runs)
})
