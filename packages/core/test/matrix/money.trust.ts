import { readTrustArguments, runTrustTest } from '../../src/testing/trust-part.ts'

// `npm run trust -- money [SEQUENCES] [--seed N]`: the stateful property of money in full, by default 500 sequences of 50 steps; then
// the same without the constraints of the schema, one at a time and all together. `npm test` runs a few sequences.

const { figure, seed } = readTrustArguments({ share: 6, full: 500 })
runTrustTest('core', 'core/test/money', { DROPLOCK_SEQUENCES: figure, DROPLOCK_MONEY_SEED: seed })
