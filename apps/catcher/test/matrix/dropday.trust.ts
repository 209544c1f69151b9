import { parseArgs } from 'node:util'
import { allFaults } from './dropday/trial.ts'
import { runTest } from './run-test.ts'

// `npm run trust -- dropday [--runs 30] [--only FAULT] [--seed 1] [--lanes 6]`: bursts of 60 to 150 orders, and of 220, with a fault in
// the middle of each: 30 runs of each fault by default. A JSON line for each run, then a line for each fault. `npm test` runs each once.

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '30' },
    only: { type: 'string', default: allFaults.join(',') },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '6' },
  },
})
const unknown = values.only.split(',').filter((name) => !allFaults.some((fault) => fault === name))
if (unknown.length > 0) {
  console.error(`no fault is called ${unknown.join(', ')}; there are: ${allFaults.join(', ')}`)
  process.exitCode = 1
} else {
  runTest(
    'matrix/dropday',
    {
      DROPLOCK_DROPDAY_RUNS: values.runs,
      DROPLOCK_DROPDAY_ONLY: values.only,
      DROPLOCK_DROPDAY_SEED: values.seed,
      DROPLOCK_DROPDAY_LANES: values.lanes,
    },
    ['--disable-console-intercept=true'],
  )
}
