import type { Profile } from './profile.ts'

/**
 * .uk: an exact second for each name, told in the answer to a check. 1,000 failed creates and checks in a rolling 24 h,
 * then creates are blocked for 24 h.
 */
export const ukLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  tellsDrop: true,
  limits: { sessionsMax: 6, commandsPerSecondMax: 40, failedCreatesPerDayMax: 1000 },
  failedChecksCount: true,
  createsBlockedMs: 86_400_000,
}
