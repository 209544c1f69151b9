import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- network [CELLS] [--only TEXT] [--seed N]`: every fault of a network on every connection between two processes, in the
// middle of orders, payments, drops, refunds, deliveries and lists. All cells of the table unless given otherwise; a share tries every
// connection once, with a fault that the seed chooses. `--only`: the cells whose fault and connection contain the text. A JSON line for each
// cell. Then the worker's limit for answers of its database is taken away.

const { figure, seed, options } = readTrustArguments({ share: 12, full: 156 }, { only: '' })
runTrustTest('infra', 'infra/test/matrix/network.test.ts', {
  DROPLOCK_NETWORK_CELLS: figure,
  DROPLOCK_NETWORK_SEED: seed,
  DROPLOCK_NETWORK_ONLY: options.only,
})
