import { NAMESTORE_URI } from '../namespaces.ts'
import { DEFAULT_EXTENSIONS } from '../session/services.ts'
import type { Profile } from './profile.ts'

const HOUR_MS = 3_600_000

/** A daily batch in predictable order, few sessions, a day's life for each. Two products behind one server. */
export const verisignLike: Profile = {
  id: 'verisign-like',
  limits: {
    sessionsMax: 5,
    commandsPerSecondMax: 30,
    idleMsMax: 600_000,
    helloAfterMs: 300_000,
    life: { endsAfterMs: 24 * HOUR_MS, replaceAfterMs: 23 * HOUR_MS },
  },
  extensions: [...DEFAULT_EXTENSIONS, NAMESTORE_URI],
  subProducts: { com: 'dotCOM', net: 'dotNET' },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}
