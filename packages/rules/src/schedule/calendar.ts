/**
 * The years in which a time from a client may lie. Clients write 1970 for "from the beginning", and nothing is planned after 2099:
 * drops are weeks ahead and registrations ten years at most. Far later a year has more than four digits, which the API's ISO 8601
 * cannot express, and adding to a time can exceed what a `Date` can hold.
 */
export const YEAR_MIN = 1970
export const YEAR_MAX = 2099

const calendarFrom = new Date(`${YEAR_MIN}-01-01T00:00:00.000Z`)
const calendarTo = new Date(`${YEAR_MAX}-12-31T23:59:59.999Z`)

/** Whether the time lies in the years from `YEAR_MIN` to `YEAR_MAX`, UTC. */
export function isInCalendar(at: Date): boolean {
  return at >= calendarFrom && at <= calendarTo
}

/**
 * How far ahead a drop may lie. A name is listed when it is pending delete, five days before its purge, or at the earliest when its
 * redemption of 30 days begins (rule 14): a later date is wrong. Days.
 */
export const DROP_DAYS_AHEAD_MAX = 60

const DAY_MS = 86_400_000

export const DROP_AHEAD_MS_MAX = DROP_DAYS_AHEAD_MAX * DAY_MS

/** The last date, `YYYY-MM-DD`, on which a name that is listed on `today` may drop. */
export function lastDropDate(today: string): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + DROP_AHEAD_MS_MAX).toISOString().slice(0, 10)
}
