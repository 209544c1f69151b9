import type { RefundGroup } from '@droplock/rules/reports'
import { addDays, addMonths, isoDay, monthText } from '../format/days.ts'
import { monthOf, periodOf } from '../format/period.ts'

export const groupLabels: Readonly<Record<RefundGroup, string>> = {
  day: 'Day',
  month: 'Month',
  zone: 'Zone',
  account: 'Reseller',
  cause: 'Cause',
}

/** What a report is filtered by, as the list around it has it. */
export type ReportFilter = Readonly<Record<string, unknown>>

/** This month by day, until something else is chosen. */
export function filterAtFirst(): ReportFilter {
  return { by: 'day', ...periodOf(monthOf(Date.now())) }
}

export function groupedBy({ by }: ReportFilter): RefundGroup {
  return isGroup(by) ? by : 'day'
}

function isGroup(text: unknown): text is RefundGroup {
  return typeof text === 'string' && Object.hasOwn(groupLabels, text)
}

/** The filter of the ledger, or of another list, that finds what a row was summed from; none where no filter does. */
export function filterOfRow(
  filter: ReportFilter,
  { group, currency }: { readonly group: string; readonly currency: string },
): Readonly<Record<string, string>> | undefined {
  const shown: Record<string, string> = { currency }
  for (const name of ['from', 'to', 'zone', 'account_id', 'cause'])
    if (typeof filter[name] === 'string') shown[name] = filter[name]
  const by = groupedBy(filter)
  if (group === '') return undefined
  if (by === 'day' || by === 'month') return { ...shown, ...within(shown, periodOfGroup(group)) }
  return { ...shown, [by === 'account' ? 'account_id' : by]: group }
}

type Period = { readonly from: string; readonly to: string }

/** Of a day or a month. */
function periodOfGroup(group: string): Period {
  const [year = 0, month = 1, day] = group.split('-').map(Number)
  const end = day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1)
  const first = day === undefined ? `${group}-01` : group
  return { from: `${first}T00:00:00.000Z`, to: `${isoDay(end)}T00:00:00.000Z` }
}

/** The first and the last month of a period may be parts of months. */
function within({ from = '', to = '' }: Readonly<Record<string, string>>, period: Period): Period {
  return {
    from: from > period.from ? from : period.from,
    to: to !== '' && to < period.to ? to : period.to,
  }
}

/** A day or month as a plot or a table names it. */
export function timeText(group: string): string {
  return group.length === 7 ? monthText(group) : group
}

/** The days or months of a period: one without a row is in the plot too, so that bars are where they belong. */
export function timesOf({ from, to }: ReportFilter, unit: 'day' | 'month'): readonly string[] {
  const [first, last] = [String(from).slice(0, 10), isoDay(Date.parse(String(to)) - 1)]
  const times: string[] = []
  const next = (at: string) => (unit === 'day' ? addDays(at, 1) : addMonths(at, 1))
  const start = unit === 'day' ? first : `${first.slice(0, 7)}-01`
  for (let at = start; at <= last; at = next(at)) times.push(unit === 'day' ? at : at.slice(0, 7))
  return times
}
