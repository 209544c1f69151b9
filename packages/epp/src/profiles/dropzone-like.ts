import type { Profile } from './profile.ts'

/** A system of its own takes applications (1001); the first create of the period gets the name, told by poll hours later. */
export const dropzoneLike: Profile = {
  id: 'dropzone-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'applications',
  award: 'by_poll',
  feeCap: 'always',
}
