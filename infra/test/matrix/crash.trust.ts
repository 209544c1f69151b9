import { readTrustArguments } from '@droplock/core/testing/trust-part'
import { printTrust } from '@droplock/core/testing/trust-result'
import { crash } from './crash/crash.ts'

// `npm run trust -- crash [TIMES] [--seed N]`: kills every app and PostgreSQL by SIGKILL at each step, TIMES times (3), and 190
// times at random moments, by the seed; then takes protections away, which must be noticed. Where all parts run, each step once, as often
// at random, and the quick ones of the protections. `npm test` runs a few.

const { figure, isShare, seed } = readTrustArguments({ share: 1, full: 3 })
const plan = {
  times: figure,
  seed,
  randomKills: 190,
  controls: isShare ? 'quick' : 'all',
} as const
printTrust(await crash(plan, console.log))
