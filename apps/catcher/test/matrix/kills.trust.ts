import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- kills [KILLS_PER_LANE] [--seed N]`: kills the catcher in four lanes, 26 times each by default, and compares every
// outcome with the registry's. `npm test` runs some of these kills.

const { figure, seed } = readTrustArguments({ share: 12, full: 26 })
runTrustTest('catcher', 'catcher/test/kill.test.ts', {
  DROPLOCK_KILLS_PER_LANE: figure,
  DROPLOCK_KILLS_SEED: seed,
})
