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

/** Reads the lines of one list, in order. Blank lines never reach it. */
export type LineReader = (text: string) => LineReading

type FormatOptions = {
  readonly toAscii: ToAscii
  /** `YYYY-MM-DD`: the date of a list whose rows have none. */
  readonly dropDate?: string
}

/** One list format. Every format passes the suite in `test/conformance.ts`. */
export type ListFormat = {
  /** Whether the list has every pending name of its scope, or only some (rule 15). */
  readonly kind: 'snapshot' | 'increment'
  /** Whether rows have a drop date. Where they do not, the date is given with the list. */
  readonly hasDates: boolean
  readonly open: (options: FormatOptions) => LineReader
}

export function rejected(reason: RejectReason): LineReading {
  return { kind: 'reject', reason }
}
