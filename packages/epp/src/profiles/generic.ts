import type { Profile } from './profile.ts'

/**
 * A registry of which no more is known than its contract says: few sessions, a slow pace, short silences, and no create without a
 * cap where the zone can have premium names.
 */
export const generic: Profile = {
  id: 'generic',
  limits: { sessionsMax: 2, commandsPerSecondMax: 5, idleMsMax: 300_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'by_zone',
}
