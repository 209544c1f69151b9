import type { Profile } from './profile.ts'

/**
 * An exact instant for each name. Over quota the socket is closed without an answer, so what was in flight is in doubt: the
 * rate stays well below. A premium create needs its fee, which we never give: the standard one in its place is refused.
 */
export const nomulusLike: Profile = {
  id: 'nomulus-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'always',
}
