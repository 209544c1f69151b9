import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- doors [REQUESTS] [--seed N]`: requests that are generated from both OpenAPI documents, valid and hostile, to
// the gateway and the operators' API as separate processes: 100,000 unless given otherwise. `npm test` sends 20,000. A
// fault is reported with its request as a line for a shell; the same seed makes the same kinds of requests again.

const { figure, seed } = readTrustArguments({ share: 15_000, full: 100_000 })
runTrustTest('infra', 'infra/test/doors/doors.test.ts', {
  DROPLOCK_DOOR_REQUESTS: figure,
  DROPLOCK_DOOR_SEED: seed,
})
