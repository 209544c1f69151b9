import { Refusal } from './refusals.ts'

/** Where a registry's drop lists are fetched from, as an operator sets it. What is null is as the comment says. */
export type ListSourceTerms = {
  /** An http:// or https:// URL without user and password, or an absolute path of the worker: a file, or a folder of lists. */
  readonly address: string
  /** Null: detected from each list. */
  readonly format: string | null
  /** Null: as the format says (rule 15). */
  readonly scopeKind: 'snapshot' | 'increment' | null
  /** IANA zone of the list's calendar, of times without a zone, and of `expectedBy`. */
  readonly timeZone: string
  /** Local time of day, `HH:MM[:SS]`, by which the list of the day has come. */
  readonly expectedBy: string | null
  /** After `expectedBy`, a list is late only after so many seconds more. */
  readonly lateAllowanceSeconds: number
  /** Without a new list for so long, the source is late. Seconds. */
  readonly lateAfterSeconds: number | null
  /** The name of the user and password, or token, in the worker's settings. */
  readonly credentials: string | null
  /** Of two sources that list one name, the schedule of the one with the higher number is used. */
  readonly precedence: number
  /** Seconds between two requests; null: as the worker is set. */
  readonly pollSeconds: number | null
  /** Limits of rule 17 for lists of this source, in per cent; null: those of the registry. */
  readonly suspectedPercentMax: number | null
  readonly movedPercentMax: number | null
  readonly rowsPercentMin: number | null
}

/** What a source has where an operator says nothing. */
export const usualSource: Omit<ListSourceTerms, 'address'> = {
  format: null,
  scopeKind: null,
  timeZone: 'UTC',
  expectedBy: null,
  lateAllowanceSeconds: 1_800,
  // A list a day, and two hours for delays at the registry.
  lateAfterSeconds: 93_600,
  credentials: null,
  precedence: 0,
  pollSeconds: null,
  suspectedPercentMax: null,
  movedPercentMax: null,
  rowsPercentMin: null,
}

/** Longer than any address of a list. Characters. */
const ADDRESS_CHARACTERS_MAX = 2_000
/** A year. */
export const LATE_SECONDS_MAX = 31_622_400
/** A week: a source that is asked less often is better disabled. */
export const POLL_SECONDS_MAX = 604_800
/** Enough to order any number of suppliers. */
export const PRECEDENCE_MAX = 1_000

/** A host, and no user or password: these would be in the database, on screens and in logs. */
const listUrl = /^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/
const absolutePath = /^(\/|[A-Za-z]:[\\/])/
const localTime = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/
/** The name of a secret in the worker's settings. */
export const CREDENTIALS_NAME_CHARACTERS_MAX = 200

export type SourcePlace =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'path'; readonly path: string }

/** An address is a URL or a path. */
export function placeOf(address: string): SourcePlace {
  return /^https?:\/\//.test(address) ? { kind: 'url', url: address } : { kind: 'path', path: address }
}

type KnownWords = {
  readonly isFormat: (format: string) => boolean
  readonly isTimeZone: (timeZone: string) => boolean
}

/** Throws Refusal('source_invalid') with what is wrong. */
export function decideSource(terms: ListSourceTerms, known: KnownWords): void {
  const fault = faultOf(terms, known)
  if (fault !== undefined) throw new Refusal('source_invalid', fault)
}

function faultOf(terms: ListSourceTerms, { isFormat, isTimeZone }: KnownWords): string | undefined {
  const { address, format, timeZone, expectedBy, credentials } = terms
  if (address.length > ADDRESS_CHARACTERS_MAX || !(listUrl.test(address) || absolutePath.test(address)))
    return 'The address must be an http:// or https:// URL without user and password, or an absolute path.'
  if (format !== null && !isFormat(format)) return 'This list format is not known.'
  if (!isTimeZone(timeZone)) return 'The time zone must be an IANA time zone such as Europe/Warsaw.'
  if (expectedBy !== null && !localTime.test(expectedBy))
    return 'The time at which the list is expected must be HH:MM or HH:MM:SS.'
  if (credentials !== null && placeOf(address).kind === 'path') return 'A path has no credentials.'
  if (credentials !== null && !isBetween(credentials.length, 1, CREDENTIALS_NAME_CHARACTERS_MAX))
    return `The name of the credentials has up to ${CREDENTIALS_NAME_CHARACTERS_MAX} characters.`
  return numberFault(terms)
}

function numberFault(terms: ListSourceTerms): string | undefined {
  const { lateAllowanceSeconds, lateAfterSeconds, pollSeconds, precedence } = terms
  if (!isBetween(lateAllowanceSeconds, 0, 86_400)) return 'The allowance is 0 to 86,400 seconds.'
  if (lateAfterSeconds !== null && !isBetween(lateAfterSeconds, 1, LATE_SECONDS_MAX))
    return `A source is late after 1 to ${LATE_SECONDS_MAX} seconds.`
  if (pollSeconds !== null && !isBetween(pollSeconds, 1, POLL_SECONDS_MAX))
    return `A source is asked every 1 to ${POLL_SECONDS_MAX} seconds.`
  if (!isBetween(precedence, -PRECEDENCE_MAX, PRECEDENCE_MAX))
    return `The precedence is from -${PRECEDENCE_MAX} to ${PRECEDENCE_MAX}.`
  const limits = [terms.suspectedPercentMax, terms.movedPercentMax, terms.rowsPercentMin]
  if (limits.some((limit) => limit !== null && !isBetween(limit, 0, 100)))
    return 'Limits are 0 to 100 per cent.'
  return undefined
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

/** Why a try of a source, or an upload, brought no list. */
export const sourceFailures = [
  // Nothing came.
  'unreachable',
  'timed_out',
  'http_status',
  'redirect_refused',
  'credentials_unknown',
  'path_not_readable',
  // Something came that is not a list.
  'too_large',
  'not_a_list',
  'not_text',
  'archive_not_readable',
  // Reading ended before the list was staged.
  'interrupted',
  'not_staged',
] as const

export type SourceFailure = (typeof sourceFailures)[number]
