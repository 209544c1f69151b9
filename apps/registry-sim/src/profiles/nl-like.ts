import type { Profile } from './profile.ts'

/** .nl: a name is released at a random time within the hour that begins with its listed instant. */
export const nlLike: Profile = {
  release: 'random',
  releaseWithinMs: 3_600_000,
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 6, commandsPerSecondMax: 40 },
}
