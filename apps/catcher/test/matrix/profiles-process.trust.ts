import { readTrustArguments, runTrustTest } from '@droplock/core/testing/trust-part'

// `npm run trust -- profiles-process [SECONDS]`: the catcher as a process against every kind of registry side by side, at full
// strength and under every fault, for 300 seconds by default. Where all parts run, some kinds are tried for a few seconds, as in `npm test`.

const { figure, isShare } = readTrustArguments({ share: 20, full: 300 })
runTrustTest('catcher', 'matrix/profiles-process', isShare ? {} : { DROPLOCK_PROFILE_SECONDS: figure })
