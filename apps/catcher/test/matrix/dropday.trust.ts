import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'
import { allFaults } from './dropday/trial.ts'

// `npm run trust -- dropday [RUNS] [--only FAULT,FAULT] [--lanes 6] [--seed N]`: bursts of 60 to 150 orders, and of 220, with a fault in
// the middle of each: 30 runs of each fault by default. A JSON line for each run, then a line for each fault. Where all parts run, and
// in `npm test`, each fault meets one smaller burst.

const { figure, isShare, seed, options } = readTrustArguments(
  { share: 1, full: 30 },
  { only: allFaults.join(','), lanes: '6' },
)
const { only, lanes } = options
const unknown = only.split(',').filter((name) => !allFaults.some((fault) => fault === name))
if (unknown.length > 0) {
  console.error(`no fault is called ${unknown.join(', ')}; there are: ${allFaults.join(', ')}`)
  process.exitCode = 1
} else {
  runTrustTest('catcher', 'matrix/dropday', {
    DROPLOCK_DROPDAY_SEED: seed,
    ...(!isShare && {
      DROPLOCK_DROPDAY_RUNS: figure,
      DROPLOCK_DROPDAY_ONLY: only,
      DROPLOCK_DROPDAY_LANES: lanes,
    }),
  })
}
