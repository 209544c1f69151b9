import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- freeze [CELLS] [--only TEXT] [--seed N]`: each process, and the database with all of its own, is stopped for 1 s, for
// 5 s and for longer than a lease, at rest and in the middle of its work, and continues. All cells of the table unless given otherwise;
// `--only`: those whose words contain the text. A JSON line for each cell. Then the lease is taken away, and two catchers send at once.

const { figure, seed, options } = readTrustArguments({ share: 8, full: 60 }, { only: '' })
runTrustTest('infra', 'infra/test/matrix/freeze.test.ts', {
  DROPLOCK_FREEZE_CELLS: figure,
  DROPLOCK_FREEZE_SEED: seed,
  DROPLOCK_FREEZE_ONLY: options.only,
})
