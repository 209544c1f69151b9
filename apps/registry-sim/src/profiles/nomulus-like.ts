import type { Profile } from './profile.ts'

/**
 * Nomulus: an exact instant for each name. Over the quota the socket is closed without an answer. Premium names need
 * their fee in every command that costs; another currency is 2306.
 */
export const nomulusLike: Profile = {
  release: 'exact',
  contacts: 'checked',
  hosts: 'checked',
  extensions: ['rgp', 'fee', 'secDNS'],
  overRate: 'cut',
  overSessions: 'cut',
  limits: { sessionsMax: 10, commandsPerSecondMax: 40 },
  fee: { wrongCurrencyCode: 2306, tiers: { gold: 100_000, silver: 25_000 } },
}
