import type { Profile } from './profile.ts'

/**
 * .nz, the "to be released" server: open from 02:00 UTC for an hour, one transform a second on a connection. An early
 * one costs 10 s, each further early one 10 s more.
 */
export const nzLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 10, commandsPerSecondMax: 100 },
  opening: { atUtc: '02:00', openMs: 3_600_000 },
  transformGap: { gapMs: 1000, penaltyMs: 10_000 },
}
