import type { Profile } from './profile.ts'

/** .ee: 4 sessions, 100 commands a minute, and an error blocks its session for 1 s. Name servers are attributes. */
export const eeLike: Profile = {
  release: 'exact',
  hosts: 'attributes',
  extensions: ['rgp', 'fee', 'secDNS'],
  overRate: 'retry',
  limits: { sessionsMax: 4, commandsPerSecondMax: 100, commandsPerMinuteMax: 100 },
  errorBlockMs: 1000,
}
