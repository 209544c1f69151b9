import { type DropListFormat, isDropListFormat } from '@droplock/feeds/formats/formats'
import { timeZone } from '@droplock/settings/values'
import { z } from 'zod'

/** A place where a registry's drop lists appear, from the configuration. */
export type Source = {
  readonly registryId: string
  readonly place:
    | { readonly kind: 'url'; readonly url: string }
    | { readonly kind: 'path'; readonly path: string }
  /** Absent: detected by each list's name and first line. */
  readonly format?: DropListFormat
  /** IANA zone of the list's calendar: decides which of its dates are past, and the date of a list that states none. */
  readonly timeZone: string
  /** The lists' scope, where it differs from what their format says. */
  readonly scope?: 'snapshot' | 'increment'
  /** Without a new list for so long, it is late. Hours. */
  readonly lateAfterHours: number
}

/** A list a day, and two hours for delays at the registry. Hours. */
const LATE_AFTER_HOURS = 26
/** A year. */
const LATE_AFTER_HOURS_MAX = 8_784

/** One source as an operator writes it: `url` or `path` (a file, or a folder of lists). */
export const sourceSchema = z
  .strictObject({
    registryId: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }).optional(),
    path: z.string().min(1).optional(),
    format: z.string().refine(isDropListFormat, 'is not a list format').optional(),
    timeZone: timeZone.default('UTC'),
    scope: z.enum(['snapshot', 'increment']).optional(),
    lateAfterHours: z.number().positive().max(LATE_AFTER_HOURS_MAX).default(LATE_AFTER_HOURS),
  })
  .transform(({ url, path, format, scope, ...rest }, context): Source => {
    const place = placeOf(url, path)
    if (place === undefined) {
      context.addIssue({ code: 'custom', message: 'a source has either url or path' })
      return z.NEVER
    }
    return { ...rest, place, ...(format !== undefined && { format }), ...(scope !== undefined && { scope }) }
  })

/** How the source is called in the database and in logs. A password in an address is not repeated. */
export function nameOf({ place }: Source): string {
  if (place.kind === 'path') return place.path
  const url = new URL(place.url)
  url.username = ''
  url.password = ''
  return url.href
}

function placeOf(url: string | undefined, path: string | undefined): Source['place'] | undefined {
  if (url !== undefined && path === undefined) return { kind: 'url', url }
  if (path !== undefined && url === undefined) return { kind: 'path', path }
  return undefined
}
