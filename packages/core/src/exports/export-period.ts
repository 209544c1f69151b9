import { Refusal } from '@droplock/rules/refusals'

/** `from` inclusive, `to` exclusive. */
export type ExportPeriod = { readonly from: Date; readonly to: Date }

/** One query of some ten milliseconds, and a few hundred kilobytes of text. */
export const rowsPerPage = 1_000

/** Throws Refusal('invalid_window') where the period ends before it starts. */
export function requirePeriod({ from, to }: ExportPeriod): void {
  if (from > to) throw new Refusal('invalid_window', 'The period ends before it starts.')
}
