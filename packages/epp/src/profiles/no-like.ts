import type { Profile } from './profile.ts'

/** Two minutes of patience, nine sessions, and an end to each somewhere between 900 and 1,200 commands. */
export const noLike: Profile = {
  id: 'no-like',
  limits: {
    sessionsMax: 9,
    commandsPerSecondMax: 20,
    idleMsMax: 120_000,
    life: { endsAfterCommands: 900, replaceAfterCommands: 700 },
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}
