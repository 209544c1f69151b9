import type { Profile } from './profile.ts'

/**
 * Two seconds of rest after a login, and answers that come 2 s late as the price of a create on an existing name or of more
 * than two checks of a name in 4 s. A gap of more than 2 s between commands about a name never makes a third in 4 s.
 */
export const frLike: Profile = {
  id: 'fr-like',
  limits: {
    sessionsMax: 4,
    commandsPerSecondMax: 10,
    idleMsMax: 600_000,
    loginPauseMs: 2_000,
    nameGapMs: 2_100,
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}
