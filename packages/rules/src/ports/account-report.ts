import type { Entry } from '../reconciliation/match-charges.ts'

/** One line of an account report after its header. `text` is the line, cut short. */
export type ReportLine =
  | { readonly kind: 'entry'; readonly entry: Entry & { readonly years: number } }
  | { readonly kind: 'unreadable'; readonly line: number; readonly reason: string; readonly text: string }

/** What a registry tells of our account there. */
export type AccountReport = {
  readonly registryAccountId: string
  /** From when on the report speaks of all there was, as of `now`. Absent: from the beginning. */
  readonly speaksFrom?: (now: Date) => Date
  /** Reads it anew, from its first line. Throws where it can't be had; a bad line is told as one. */
  read(): AsyncIterable<ReportLine>
}
