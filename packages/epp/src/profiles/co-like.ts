import type { Profile } from './profile.ts'

/**
 * Many sessions, and slow refusals (2 s and more), so the sessions are the rate. Two commands about one name within a second
 * are an offence, a check straight after a create among them; so are 2 million failed creates and checks a day.
 */
export const coLike: Profile = {
  id: 'co-like',
  limits: {
    sessionsMax: 100,
    commandsPerSecondMax: 50,
    idleMsMax: 300_000,
    nameGapMs: 1_000,
    failedCreatesPerDayMax: 2_000_000,
    checksCountAsFailed: true,
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}
