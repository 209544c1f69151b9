import { readTrustArguments } from '@droplock/core/testing/trust-part'
import { printTrust } from '@droplock/core/testing/trust-result'
import { runFaults } from './faults/run-faults.ts'

// `npm run trust -- faults [RUNS] [--seed N]`: every fault on every command of the client, RUNS times each, in simulated time.

const { figure, seed } = readTrustArguments({ share: 60, full: 400 })
const cells = await runFaults(figure, seed)
printTrust({
  trust: 'faults',
  cells: cells.map(({ fault, command, runs, wrong }) => ({ fault, step: command, runs, violations: wrong })),
  seed,
  simulatedFaults: cells.reduce((sum, { injected }) => sum + injected, 0),
})
