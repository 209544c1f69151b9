const DAY_MS = 86_400_000

/** Days are texts such as `2026-02-15`, without a time zone. */
export function addDays(day: string, count: number): string {
  return isoDay(Date.parse(day) + count * DAY_MS)
}

export function isoDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && isoDay(Date.parse(text)) === text
  )
}

/** The Monday of the week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7))
}

/** The same day of another month; the last day where that month is shorter. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0))
  return isoDay(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
}

/** The weeks that a month begins in, has and ends in; each from Monday on. */
export function weeksOfMonth(day: string): readonly (readonly string[])[] {
  const month = day.slice(0, 7)
  const weeks: (readonly string[])[] = []
  for (let monday = mondayOf(`${month}-01`); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push(weekOf(monday))
  return weeks
}

/** The seven days of the week. */
export function weekOf(day: string): readonly string[] {
  const monday = mondayOf(day)
  return Array.from({ length: 7 }, (_each, index) => addDays(monday, index))
}

/** `November 2026`, of `2026-11` or of a day in it. */
export function monthText(day: string): string {
  return new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(day),
  )
}

/** `Sunday, 29 November 2026`. */
export function dayText(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(day))
}
