import { Refusal } from './refusals.ts'

/** What the rows of a report of the books are. Days and months are in UTC. */
export const revenueGroups = ['day', 'month', 'zone', 'account'] as const
export const refundGroups = [...revenueGroups, 'cause'] as const

export type RevenueGroup = (typeof revenueGroups)[number]
export type RefundGroup = (typeof refundGroups)[number]

/** `from` inclusive, `to` exclusive. */
export type ReportPeriod = { readonly from: Date; readonly to: Date }

const DAY_MS = 86_400_000

/** A year, with the month before it to compare with. A report reads every posting of its period. */
export const REPORT_DAYS_MAX = 400

/** More days cannot be distinguished in a plot. */
const PLOTTED_DAYS_MAX = 92

/** Throws Refusal('invalid_period') where a period ends before it starts, or is too long to be read at once. */
export function requireReportPeriod({ from, to }: ReportPeriod): void {
  if (from > to) throw new Refusal('invalid_period', 'The period ends before it starts.')
  if (to.getTime() - from.getTime() > REPORT_DAYS_MAX * DAY_MS)
    throw new Refusal('invalid_period', `A report is of at most ${REPORT_DAYS_MAX} days.`, {
      days_max: REPORT_DAYS_MAX,
    })
}

/** What a plot of a period has a point for. */
export function plottedBy({ from, to }: ReportPeriod): 'day' | 'month' {
  return to.getTime() - from.getTime() > PLOTTED_DAYS_MAX * DAY_MS ? 'month' : 'day'
}

/** The parts of a debt, by the age of its oldest unpaid debits; what is older than the last is a part of its own. Days. */
export const AGE_DAYS = [30, 60, 90] as const
