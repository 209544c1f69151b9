import { runTest } from './run-test.ts'

// `npm run trust -- profiles-process [SECONDS]`: the catcher as a process against every kind of registry side by side, at full
// strength and under every fault, for 300 seconds by default. `npm test` tries some kinds for a few seconds.

runTest('matrix/profiles-process', { DROPLOCK_PROFILE_SECONDS: process.argv[2] ?? '300' })
