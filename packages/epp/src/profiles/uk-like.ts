import type { Profile } from './profile.ts'

/** An exact second for each name, and 1,000 failed creates and checks in any 24 hours: then creates are blocked for a day. */
export const ukLike: Profile = {
  id: 'uk-like',
  limits: {
    sessionsMax: 6,
    commandsPerSecondMax: 20,
    idleMsMax: 600_000,
    failedCreatesPerDayMax: 1_000,
    checksCountAsFailed: true,
  },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'by_zone',
}
