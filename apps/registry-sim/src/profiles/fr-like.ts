import type { Profile } from './profile.ts'

/**
 * .fr: 2 s of pause after a login, 2 s more for a create of a name that exists, and 2 s more for a name that is checked
 * more than twice in 4 s.
 */
export const frLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
  loginPauseMs: 2000,
  slowExistsMs: 2000,
  checksOfName: { max: 2, windowMs: 4000, slowMs: 2000 },
}
