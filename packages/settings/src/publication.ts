import type { PublicationRule } from '@droplock/rules/schedule/publication'
import { z } from 'zod'
import { localTime, timeZone } from './values.ts'

/** When lists open for orders: in this daily window (rule 5), or at once. The settings must be the same in all apps that publish. */
export const publicationSettings = {
  DROPLOCK_PUBLICATION: z.enum(['daily', 'at_once']).default('daily'),
  DROPLOCK_PUBLICATION_FROM: localTime.default('09:30'),
  DROPLOCK_PUBLICATION_TO: localTime.default('10:00'),
  DROPLOCK_SERVICE_TIME_ZONE: timeZone.default('UTC'),
} as const

type Publication = {
  readonly DROPLOCK_PUBLICATION: 'daily' | 'at_once'
  readonly DROPLOCK_PUBLICATION_FROM: string
  readonly DROPLOCK_PUBLICATION_TO: string
  readonly DROPLOCK_SERVICE_TIME_ZONE: string
}

/** For `refine`: the window must not end before it starts. */
export function hasWindow(config: Publication): boolean {
  return toSeconds(config.DROPLOCK_PUBLICATION_FROM) <= toSeconds(config.DROPLOCK_PUBLICATION_TO)
}

/** The error of `refine` where `hasWindow` is false. */
export const noWindow = {
  path: ['DROPLOCK_PUBLICATION_TO'],
  message: 'is before DROPLOCK_PUBLICATION_FROM',
}

export function publicationOf(config: Publication): PublicationRule | 'at_once' {
  if (config.DROPLOCK_PUBLICATION === 'at_once') return 'at_once'
  return {
    timeZone: config.DROPLOCK_SERVICE_TIME_ZONE,
    from: config.DROPLOCK_PUBLICATION_FROM,
    to: config.DROPLOCK_PUBLICATION_TO,
  }
}

function toSeconds(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}
