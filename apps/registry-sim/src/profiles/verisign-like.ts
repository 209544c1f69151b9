import type { Profile } from './profile.ts'

/**
 * .com and .net: a daily batch in a predictable order (last update, then ROID) that starts and runs a little off its
 * plan, few sessions in the pool for drops, 10 minutes of silence, 24 hours of life, and a sub-product in every command.
 * There are no contacts.
 */
export const verisignLike: Profile = {
  release: 'daily',
  contacts: 'none',
  extensions: ['rgp', 'secDNS', 'loginSec', 'namestoreExt'],
  idleMs: 600_000,
  sessionLifeMs: 86_400_000,
  limits: { sessionsMax: 5, commandsPerSecondMax: 40 },
  pace: { paceMs: 45, earlyMsMax: 1000, driftMsMax: 5000, jitterMsMax: 20 },
}
