import type { Entry } from '../reconciliation/match-charges.ts'

/** One line of an account report after its header. `text` is the line, cut short. */
export type ReportLine =
  | { readonly kind: 'entry'; readonly entry: Entry & { readonly years: number } }
  | { readonly kind: 'unreadable'; readonly line: number; readonly reason: string; readonly text: string }

/** What a registry reports about our account there. */
export type AccountReport = {
  readonly registryAccountId: string
  /** From when on the report speaks of all there was, as of `now`. Absent: from the beginning. */
  readonly speaksFrom?: (now: Date) => Date
  /** Reads the report from its first line. Throws if it cannot be read; a bad line is returned as one. */
  read(): AsyncIterable<ReportLine>
}
