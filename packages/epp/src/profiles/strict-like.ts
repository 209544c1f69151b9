import type { Profile } from './profile.ts'

/**
 * Asks for the most and tells the least: `info` is for names of one's own, clTRIDs serve once for ever, a create needs a
 * registrant, an update of DNSSEC `urgent`, and without a fee a premium name is sold at whatever it costs.
 */
export const strictLike: Profile = {
  id: 'strict-like',
  dnssecUrgent: true,
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'always',
}
