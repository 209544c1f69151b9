import { addSeconds, instantOf } from './local-time.ts'

/** When the names of a zone drop: operator data, never a constant (rule 13). */
export type DropRule = {
  /** IANA zone of the registry's day: its daily batch moves with summer time. */
  readonly timeZone: string
  /** Local start of the daily batch, `HH:MM[:SS]`. */
  readonly startsAt: string
  /** How long the batch lasts, in elapsed seconds. */
  readonly lastsSeconds: number
  /** How much earlier and later than an exact purge time the purge may happen. */
  readonly earlySeconds: number
  readonly lateSeconds: number
}

/** The purge time of a list's row: an exact instant, or only the date. */
type DropDay = { readonly purgeAt?: Date; readonly dropDate: string }

/** When the name is expected to be purged, both ends included. */
type DropWindow = { readonly dropFrom: Date; readonly dropTo: Date }

/**
 * The window of a name: around its purge time where the list gives one, else the zone's daily batch on the drop date.
 * Throws RangeError on a malformed rule or date.
 */
export function dropWindow(rule: DropRule, row: DropDay): DropWindow {
  if (row.purgeAt !== undefined) {
    return {
      dropFrom: addSeconds(row.purgeAt, -rule.earlySeconds),
      dropTo: addSeconds(row.purgeAt, rule.lateSeconds),
    }
  }
  const dropFrom = instantOf(row.dropDate, rule.startsAt, rule.timeZone)
  return { dropFrom, dropTo: addSeconds(dropFrom, rule.lastsSeconds) }
}

/** When orders close: `cutoffLeadSeconds` before the window begins. Rule 6. */
export function cutoffAt(window: DropWindow, cutoffLeadSeconds: number): Date {
  return addSeconds(window.dropFrom, -cutoffLeadSeconds)
}
