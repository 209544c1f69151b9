import type { RejectReason } from '@droplock/rules/ports/drop-feed'
import type { ToAscii } from '@droplock/rules/ports/ids'

/** The contents of one line, before the name is checked. */
export type RawRow = {
  readonly kind: 'raw'
  readonly name: string
  /** The suffix in the row, where the format has such a column. It must match the name. */
  readonly tld?: string
  readonly dropDate: string
  readonly purgeAt?: Date
}

export type LineReading =
  | RawRow
  | { readonly kind: 'header' }
  | { readonly kind: 'reject'; readonly reason: RejectReason }

/**
 * Reads the lines of one list, in order. Blank lines never reach it. `value`: what was parsed of an element, where lists are documents
 * and not lines.
 */
export type LineReader = (text: string, value?: unknown) => LineReading

export type FormatOptions = {
  readonly toAscii: ToAscii
  /** `YYYY-MM-DD`: the date of a list whose rows have none. */
  readonly dropDate?: string
  /** IANA zone of times that are written without one; UTC where it is left out. */
  readonly timeZone?: string
}

/** One list format. Every format passes the suite in `test/conformance.ts`. */
export type ListFormat = {
  /** Whether the list has every pending name of its scope, or only some (rule 15). */
  readonly kind: 'snapshot' | 'increment'
  /** Whether its names will be deleted and can be listed, or were deleted and show when that was. */
  readonly purpose: 'listing' | 'observed'
  /** `lines`: a row is a line. `json`: a row is an element of an array, and its number is its place there. */
  readonly layout: 'lines' | 'json'
  /** Whether blank lines belong to the format; else each is a reject. */
  readonly skipsBlankLines?: true
  /** Whether a row has a drop date. Where it has not, a last line without a line end may be a part of a name. */
  readonly hasDates: boolean
  /** Whether the date is given with the list, by an operator or in the file's name. */
  readonly needsDate: boolean
  readonly open: (options: FormatOptions) => LineReader
}

export function rejected(reason: RejectReason): LineReading {
  return { kind: 'reject', reason }
}
