import type { Profile } from './profile.ts'

/**
 * A server of its own for one hour a day. One transform a second and connection; each early one costs 10 s more. Questions do not
 * count: the one everyday session asks about all names, and at one command a second it would be far behind.
 */
export const nzLike: Profile = {
  id: 'nz-like',
  limits: {
    sessionsMax: 10,
    commandsPerSecondMax: 10,
    idleMsMax: 600_000,
    sessionGapMs: 1_000,
    sessionGapAfter: 'transforms',
  },
  release: 'open_window',
  award: 'at_once',
  feeCap: 'by_zone',
}
