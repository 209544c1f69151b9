import { z } from 'zod'
import { httpUrl, json, localTime, milliseconds } from './values.ts'

const DAY_MS = 86_400_000

/** Where one registry account's report is had: `url` or `path`, and what of it is ours. */
const reportSource = z
  .strictObject({
    registryAccountId: z.string().min(1),
    url: httpUrl.optional(),
    path: z.string().min(1).optional(),
    /** Our account's name in a report that tells of several. */
    account: z.string().min(1).optional(),
    /** The report goes back so many days only. */
    daysBack: z.int().min(1).max(3_650).optional(),
    /** The report begins then. */
    since: z.iso.datetime().optional(),
  })
  .transform(({ url, path, since, ...rest }, context) => {
    if ((url === undefined) === (path === undefined)) {
      context.addIssue({ code: 'custom', message: 'a report has either url or path' })
      return z.NEVER
    }
    const place =
      url === undefined ? ({ kind: 'path', path: path ?? '' } as const) : ({ kind: 'url', url } as const)
    return { ...rest, place, ...(since === undefined ? {} : { since: new Date(since) }) }
  })

/** What is read for reconciliation and how far, shared by the worker and `npm run reconcile`. */
export const reconciliationSettings = {
  /** JSON array of account reports. */
  DROPLOCK_ACCOUNT_REPORTS: json(z.array(reportSource)).default([]),
  /** A range ends so long before now: clocks differ by seconds, and a provider's list lags its clock by no more than minutes. */
  DROPLOCK_RECONCILE_CLOSED_AFTER_MS: milliseconds(0).default(300_000),
  /** What one side had for so long the other must have: events are repeated for minutes and payments polled within the hour. */
  DROPLOCK_RECONCILE_SETTLING_MS: milliseconds(0).default(3_600_000),
  /** What was read is read again so far back. A provider corrects entries within its month; older ones are kept as told. */
  DROPLOCK_RECONCILE_LOOK_BACK_DAYS: z.coerce.number().int().min(1).max(3_650).default(35),
  /** A run of millions of rows takes minutes; one of this length has died. */
  DROPLOCK_RECONCILE_MS_MAX: milliseconds(1_000).default(3_600_000),
} as const

/** When the worker does it, in service time: after midnight's books are closed and before finance comes in. */
export const dailyReconciliationSettings = {
  DROPLOCK_RECONCILE_AT: localTime.default('05:00'),
  /** How soon it is seen that its time has come, and tried again when something could not be read. */
  DROPLOCK_RECONCILE_CHECK_MS: milliseconds(10).default(600_000),
} as const

type Settings = z.output<z.ZodObject<typeof reconciliationSettings>>

/** The terms of a reconciliation, as core takes them. */
export function reconciliationTermsOf(config: Settings) {
  return {
    closedAfterMs: config.DROPLOCK_RECONCILE_CLOSED_AFTER_MS,
    settlingMs: config.DROPLOCK_RECONCILE_SETTLING_MS,
    lookBackMs: config.DROPLOCK_RECONCILE_LOOK_BACK_DAYS * DAY_MS,
    runMsMax: config.DROPLOCK_RECONCILE_MS_MAX,
  }
}
