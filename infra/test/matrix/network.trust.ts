import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- network [CELLS] [--seed N]`: every fault of a network on every connection between two processes, in the middle of
// orders, payments, drops, refunds, deliveries and lists. All cells of the table unless given otherwise; a share tries every connection
// once, with a fault that the seed chooses. A JSON line for each cell.

const { figure, seed } = readTrustArguments({ share: 12, full: 144 })
runTrustTest('infra', 'infra/test/matrix/network.test.ts', {
  DROPLOCK_NETWORK_CELLS: figure,
  DROPLOCK_NETWORK_SEED: seed,
})
