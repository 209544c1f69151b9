import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- attack`: attacks on all processes that listen, on loopback, with their figures; then limits are taken away, and the
// same attacks are seen to harm. `npm test` runs the quick ones for a second each.

readTrustArguments({ share: 1, full: 1 })
runTrustTest('infra', 'infra/test/matrix/attack.test.ts', { DROPLOCK_ATTACK: 'whole' })
