import type { Profile } from './profile.ts'

/** Each name goes at a random moment within an hour, so the whole hour is polled evenly. */
export const nlLike: Profile = {
  id: 'nl-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'random_in_window',
  award: 'at_once',
  feeCap: 'by_zone',
}
