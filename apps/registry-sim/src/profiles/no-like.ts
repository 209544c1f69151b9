import type { Profile } from './profile.ts'

/** .no: 9 sessions, 120 s of silence, and a session ends after 900 to 1,200 commands. */
export const noLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  idleMs: 120_000,
  limits: { sessionsMax: 9, commandsPerSecondMax: 100 },
  sessionCommands: { min: 900, max: 1200 },
}
