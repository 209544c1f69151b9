/**
 * How far ahead a drop may lie. A name is listed when it is pending delete, five days before its purge, at the most when its
 * redemption of 30 days begins (rule 14): what is further ahead is a wrong date. Days.
 */
export const dropDaysAheadMax = 60

const DAY_MS = 86_400_000

export const dropAheadMsMax = dropDaysAheadMax * DAY_MS

/** The last date, `YYYY-MM-DD`, on which a name may drop that is listed on `today`. */
export function lastDropDate(today: string): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + dropAheadMsMax).toISOString().slice(0, 10)
}
