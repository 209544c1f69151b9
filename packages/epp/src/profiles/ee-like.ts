import type { Profile } from './profile.ts'

/** Four sessions, 100 commands a minute in all, and a second's block of the session after each error. */
export const eeLike: Profile = {
  id: 'ee-like',
  limits: {
    sessionsMax: 4,
    commandsPerSecondMax: 10,
    commandsPerMinuteMax: 100,
    idleMsMax: 600_000,
    errorPauseMs: 1_000,
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}
