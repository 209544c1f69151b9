import { z } from 'zod'
import { httpUrl, json, localTime, milliseconds } from './values.ts'

const DAY_MS = 86_400_000

/** The source of a registry account's report: `url` or `path`, and which part is ours. */
const reportSource = z
  .strictObject({
    registryAccountId: z.string().min(1),
    url: httpUrl.optional(),
    path: z.string().min(1).optional(),
    /** Our account's name in a report of several accounts. */
    account: z.string().min(1).optional(),
    /** The number of days that the report goes back. */
    daysBack: z.int().min(1).max(3_650).optional(),
    /** The start of the report. */
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

/** What reconciliation reads, shared by the worker and `npm run reconcile`. */
export const reconciliationSettings = {
  /** JSON array of account reports. */
  DROPLOCK_ACCOUNT_REPORTS: json(z.array(reportSource)).default([]),
  /** A range ends this long before now: clocks differ by seconds, and a provider's list lags behind by minutes at most. */
  DROPLOCK_RECONCILE_CLOSED_AFTER_MS: milliseconds(0).default(300_000),
  /** After this time both sides must have an entry: events are repeated for minutes and payments are polled within the hour. */
  DROPLOCK_RECONCILE_SETTLING_MS: milliseconds(0).default(3_600_000),
  /** Entries are read again this far back: a provider corrects them within its month. Older ones are not read again. */
  DROPLOCK_RECONCILE_LOOK_BACK_DAYS: z.coerce.number().int().min(1).max(3_650).default(35),
  /** A run over millions of rows takes minutes. One that takes this long has died. */
  DROPLOCK_RECONCILE_MS_MAX: milliseconds(1_000).default(3_600_000),
} as const

/** When the worker reconciles, in service time: after midnight's books are closed and before office hours. */
export const dailyReconciliationSettings = {
  DROPLOCK_RECONCILE_AT: localTime.default('05:00'),
  /** How often the worker checks whether it is time, and retries a source that could not be read. */
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
