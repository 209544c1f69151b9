import type { Profile } from './profile.ts'

/**
 * .co: 100 sessions, 300 s of silence. A create of a name that exists takes 2 s or more. More than one check a second of
 * a name, or a check straight after a create of it, is an offence; so are more than 2 million failed creates and checks
 * a day.
 */
export const coLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  idleMs: 300_000,
  limits: { sessionsMax: 100, commandsPerSecondMax: 1000, failedCreatesPerDayMax: 2_000_000 },
  failedChecksCount: true,
  slowExistsMs: 2000,
  checksOfName: { max: 1, windowMs: 1000, slowMs: 0, afterCreateMs: 1000 },
}
