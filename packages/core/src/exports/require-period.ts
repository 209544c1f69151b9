import { Refusal } from '@droplock/rules/refusals'

/** `from` inclusive, `to` exclusive. */
export type ExportPeriod = { readonly from: Date; readonly to: Date }

/** Throws Refusal('invalid_period') where the period ends before it starts. */
export function requirePeriod({ from, to }: ExportPeriod): void {
  if (from > to) throw new Refusal('invalid_period', 'The period ends before it starts.')
}
