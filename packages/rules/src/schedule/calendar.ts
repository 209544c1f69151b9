/**
 * The years that a time from outside may lie in. Callers write 1970 for "since ever"; nothing here is planned for after
 * 2099: drops are weeks ahead and registrations ten years at most. Far outside of it a year has more than four digits, which
 * the ISO-8601 of the API cannot write, and sums of a time and a lead leave what a `Date` can hold.
 */
export const yearMin = 1970
export const yearMax = 2099

const calendarFrom = new Date(`${yearMin}-01-01T00:00:00.000Z`)
const calendarTo = new Date(`${yearMax}-12-31T23:59:59.999Z`)

/** Whether the time lies in the years from `yearMin` to `yearMax`, UTC. */
export function isInCalendar(at: Date): boolean {
  return at >= calendarFrom && at <= calendarTo
}
