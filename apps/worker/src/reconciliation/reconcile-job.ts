import type { Context } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import { type Reconcile, type Reconciled, reconcile } from '@droplock/core/reconciliation/reconcile'
import { findRequest } from '@droplock/core/reconciliation/request'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { dateIn, instantOf } from '@droplock/rules/schedule/local-time'
import type { Job } from '../jobs/jobs.ts'

export type DailyReconciliation = Pick<Reconcile, 'reports' | 'terms'> & {
  /** Service time, `HH:MM` or `HH:MM:SS`, in an IANA zone. */
  readonly at: string
  readonly timeZone: string
  /** How often it is checked whether the day's run is due, or must be repeated. Milliseconds. */
  readonly checkMs: number
}

/**
 * Reconciles once a day, at its time or later. Every worker has this job: the database lets one of them run. A day on which
 * something could not be read is tried again at the next run.
 */
export function reconcileJob(
  ctx: Context,
  provider: PaymentProvider | undefined,
  { at, timeZone, checkMs, reports, terms }: DailyReconciliation,
): Job {
  return {
    name: 'reconciliation',
    everyMs: checkMs,
    run: async () => {
      const now = await databaseTime(ctx.db)
      const serviceDay = dateIn(timeZone, now)
      if (now < instantOf(serviceDay, at, timeZone)) return undefined
      const cause = { kind: 'daily', serviceDay } as const
      const result = await reconcile(ctx, { cause, provider, reports, terms })
      return result === undefined ? undefined : { service_day: serviceDay, ...fieldsOf(result) }
    },
  }
}

/** While another run is under way a request waits for its end, and is looked at this often. Milliseconds. */
const REQUEST_MS = 2_000

/** Reconciles when a person asks for it. The job runs when there is a request (see `readDueTimes`). */
export function requestedReconciliationJob(
  ctx: Context,
  provider: PaymentProvider | undefined,
  { reports, terms }: DailyReconciliation,
): Job {
  return {
    name: 'reconcile.request',
    everyMs: REQUEST_MS,
    run: async () => {
      const request = await findRequest(ctx)
      if (request === undefined) return undefined
      const cause = { kind: 'request', requestId: request.id } as const
      const result = await reconcile(ctx, { cause, provider, reports, terms })
      return result === undefined ? undefined : { request_id: request.id, ...fieldsOf(result) }
    },
  }
}

function fieldsOf({ runId, unread, withoutReport, ...counts }: Reconciled) {
  const { movements, entries, findings, unmatched } = counts
  return {
    run_id: runId,
    movements,
    entries,
    findings,
    unmatched,
    ...(unread.length > 0 ? { unread } : {}),
    ...(withoutReport.length > 0 ? { without_report: withoutReport } : {}),
  }
}
