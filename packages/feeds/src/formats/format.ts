import type { RejectReason } from '@droplock/rules/ports/drop-feed'
import type { ToAscii } from '@droplock/rules/ports/ids'

/** What one line says, before its name is judged. */
export type RawRow = {
  readonly kind: 'raw'
  readonly name: string
  /** The suffix the row states, if the format has such a column; it must agree with the name. */
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
  /** `YYYY-MM-DD`: the date of a list whose rows carry none. */
  readonly dropDate?: string
}

/** One list format. Every format passes the suite in `test/conformance.ts`. */
export type ListFormat = {
  /** Whether the list names every pending name of its scope, or only some (rule 15). */
  readonly kind: 'snapshot' | 'increment'
  /** Whether its rows carry their drop date; those of other formats are names alone, and their date is declared beside. */
  readonly hasDates: boolean
  readonly open: (options: FormatOptions) => LineReader
}

export function rejected(reason: RejectReason): LineReading {
  return { kind: 'reject', reason }
}
