import { runTest } from './run-test.ts'

// `npm run trust -- kills [KILLS_PER_LANE]`: kills the catcher in four lanes, 26 times each by default, and compares every
// outcome with the registry's. `npm test` runs some of these kills.

runTest('catcher/test/kill.test.ts', { DROPLOCK_KILLS_PER_LANE: process.argv[2] ?? '26' })
