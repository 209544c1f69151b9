/** A period in days: both inclusive, `YYYY-MM-DD`, in UTC as in the ledger. */
export type Days = { readonly first: string; readonly last: string }

/** The calendar month of `nowMs`, or an earlier one. */
export function monthOf(nowMs: number, monthsBack = 0): Days {
  const now = new Date(nowMs)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() - monthsBack]
  return { first: dayText(Date.UTC(year, month, 1)), last: dayText(Date.UTC(year, month + 1, 0)) }
}

/** The instants of a period: from midnight of its first day to midnight after its last. `undefined` where a day is missing or the last is before the first. */
export function periodOf({ first, last }: Days): { readonly from: string; readonly to: string } | undefined {
  const from = Date.parse(`${first}T00:00:00Z`)
  const end = Date.parse(`${last}T00:00:00Z`)
  if (Number.isNaN(from) || Number.isNaN(end) || end < from) return undefined
  return { from: new Date(from).toISOString(), to: new Date(end + DAY_MS).toISOString() }
}

/** The days of a period that `periodOf` made; `undefined` where it is none. */
export function daysOf(from: unknown, to: unknown): Days | undefined {
  const [start, end] = [Date.parse(String(from)), Date.parse(String(to))]
  return Number.isNaN(start) || Number.isNaN(end)
    ? undefined
    : { first: dayText(start), last: dayText(end - DAY_MS) }
}

const DAY_MS = 86_400_000

function dayText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
