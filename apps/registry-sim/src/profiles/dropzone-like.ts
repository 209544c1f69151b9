import type { Profile } from './profile.ts'

/**
 * Dropzone (more than 200 gTLDs): from its purge a name is applied for, not registered: a create is answered 1001. The
 * award goes to the first create and is told by a poll message at the end of the period. A phase fee of 0, 2 or 4 USD,
 * by TLD, comes on top (`phaseFeeMinor`).
 */
export const dropzoneLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 10, commandsPerSecondMax: 100 },
  dropzone: { periodMs: 3 * 3_600_000 },
}
