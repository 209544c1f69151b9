import { recordHeartbeat } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { SourceSeed } from '@droplock/core/sources/seed'
import type { Logger } from '@droplock/observability/logger'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { type DeliveryRule, deliveryJobs, eventJob } from './events/event-jobs.ts'
import type { Credentials } from './feeds/credentials.ts'
import { type FetchRule, sourceFetcher } from './feeds/fetch-sources.ts'
import { seedJob } from './feeds/seeds.ts'
import { drain, type Job, type JobWatch, runJob } from './jobs/jobs.ts'
import type { Schedule } from './jobs/schedule.ts'
import { type MailRule, mailJobs } from './mails/mail-jobs.ts'
import { holdJobs, type MoneyIntervals, providerJobs } from './money/money-jobs.ts'
import {
  type DailyReconciliation,
  reconcileJob,
  requestedReconciliationJob,
} from './reconciliation/reconcile-job.ts'
import { type SandboxRule, sandboxJob } from './sandbox/sandbox-job.ts'
import { type AlarmRule, alarmSweeps } from './sweeps/alarm-sweeps.ts'
import { driftJob } from './sweeps/drift.ts'
import { feeCheckJob, priceJobs } from './sweeps/prices.ts'
import { contactJob, expiryJobs } from './sweeps/registrations.ts'
import { type RetentionRule, retentionJob } from './sweeps/retention.ts'
import { scheduleChangeJob } from './sweeps/schedule-changes.ts'
import { type SweepIntervals, sweeps } from './sweeps/sweeps.ts'
import { type WithdrawalIntervals, withdrawalJobs } from './withdrawals/withdrawal-jobs.ts'

type WorkerOptions = {
  readonly ctx: Context
  readonly logger: Logger
  /** The sources of the setting, which get rows. Sources that have rows are fetched. */
  readonly seeds?: readonly SourceSeed[]
  readonly credentials?: Credentials
  readonly poll: FetchRule
  readonly sweepEvery: SweepIntervals
  readonly moneyEvery: MoneyIntervals
  /** Left out: no alarms about catchers, targets and lists are raised. */
  readonly alarms?: AlarmRule
  /** How often new events are numbered: receivers get none before. Left out: this worker numbers none. Milliseconds. */
  readonly eventsMs?: number
  /** Left out: this worker delivers no events. */
  readonly deliveries?: DeliveryRule
  /** Left out: this worker neither plans nor sends mails to people of accounts. */
  readonly mails?: MailRule
  /** Left out: this worker confirms no suspects and withdraws nothing. */
  readonly withdrawals?: WithdrawalIntervals
  /** How often it is looked for published names that are to be asked about by fee check. Left out: none are asked about. Milliseconds. */
  readonly feeChecksMs?: number | undefined
  /** Of the test world. Left out: this worker carries out no drops of sandboxes. */
  readonly sandbox?: SandboxRule | undefined
  /** Left out: nothing is pruned. */
  readonly retention?: RetentionRule
  /** Left out: this worker does not reconcile. */
  readonly reconciliation?: DailyReconciliation
  /** Without one, whatever needs the provider waits. */
  readonly provider?: PaymentProvider | undefined
  /** Throws when that provider may not serve this database any more. */
  readonly check?: { readonly everyMs: number; readonly run: () => Promise<void> }
  /** Left out: every job runs at its own interval, woken or not. */
  readonly schedule?: Schedule
  /** How often this worker writes its heartbeat. Milliseconds. */
  readonly heartbeatMs?: number
  /** Left out: nothing watches whether the sweeps succeed. */
  readonly watch?: JobWatch
  /** Left out: the runs are not timed. */
  readonly measured?: (job: Job) => Job
}

/** The database decides which worker fetches a source next; asking it more often than this is useless load. Milliseconds. */
const askMsMax = 5_000
/** Asked this often within an interval, a try is late by a quarter of it at most. */
const asksPerInterval = 4
/** Sources that a worker fetches beside each other: a slow one must not delay the rest. */
const FETCHES_AT_ONCE_MAX = 4

/** Runs every job until `stop` aborts. Resolves when the last run has ended; never rejects. */
export async function work(options: WorkerOptions, stop: AbortSignal): Promise<void> {
  const { ctx, provider, check, moneyEvery, reconciliation, retention, withdrawals } = options
  const jobs = [
    ...sweeps(ctx, options.sweepEvery),
    scheduleChangeJob(ctx, options.sweepEvery.changesMs),
    ...priceJobs(ctx, options.sweepEvery.changesMs),
    ...(options.feeChecksMs === undefined ? [] : [feeCheckJob(ctx, options.feeChecksMs)]),
    ...(options.sweepEvery.driftMs === undefined ? [] : [driftJob(ctx, options.sweepEvery.driftMs)]),
    ...(options.sweepEvery.contactsMs === undefined ? [] : [contactJob(ctx, options.sweepEvery.contactsMs)]),
    ...(options.sweepEvery.expiryMs === undefined ? [] : expiryJobs(ctx, options.sweepEvery.expiryMs)),
    ...(options.alarms === undefined ? [] : alarmSweeps(ctx, options.alarms)),
    ...(options.eventsMs === undefined ? [] : [eventJob(ctx, options.eventsMs)]),
    ...(options.deliveries === undefined ? [] : deliveryJobs(ctx, options.deliveries)),
    ...(options.mails === undefined ? [] : mailJobs(ctx, options.mails)),
    ...(withdrawals === undefined ? [] : withdrawalJobs(ctx, withdrawals, () => performance.now())),
    ...(retention === undefined ? [] : [retentionJob(ctx, retention)]),
    ...(options.sandbox === undefined ? [] : [sandboxJob(ctx, options.sandbox)]),
    ...fetchJobs(options),
    ...holdJobs(ctx, moneyEvery),
    ...(provider === undefined ? [] : providerJobs(ctx, provider, moneyEvery)),
    ...(reconciliation === undefined
      ? []
      : [
          reconcileJob(ctx, provider, reconciliation),
          requestedReconciliationJob(ctx, provider, reconciliation),
        ]),
    ...(check === undefined ? [] : [checkJob(check)]),
  ]
  const { watch, schedule, measured = asItIs, heartbeatMs = HEARTBEAT_MS } = options
  const watched = watch?.watched ?? asItIs
  const onDemand = schedule?.onDemand ?? asItIs
  const all = [...jobs.map(onDemand), ...(schedule === undefined ? [] : [schedule.job])]
  const kept = all.map((job) => watched(measured(job)))
  if (watch !== undefined) kept.push(heartbeat(ctx, watch, heartbeatMs))
  await Promise.all(kept.map((job) => runJob(job, options.logger, stop)))
}

function asItIs(job: Job): Job {
  return job
}

/** Other processes raise an alarm when there is no heartbeat for three times as long. Milliseconds. */
const HEARTBEAT_MS = 3_000

function heartbeat(ctx: Context, watch: JobWatch, heartbeatMs: number): Job {
  return {
    name: 'worker.heartbeat',
    everyMs: heartbeatMs,
    run: async () => {
      if (watch.view().ready) await recordHeartbeat(ctx)
      return undefined
    },
  }
}

function checkJob({ everyMs, run }: NonNullable<WorkerOptions['check']>): Job {
  return {
    name: 'provider.check',
    everyMs,
    run: async () => {
      await run()
      return undefined
    },
  }
}

function fetchJobs({
  ctx,
  poll,
  logger,
  seeds = [],
  credentials = new Map(),
}: WorkerOptions): readonly Job[] {
  const fetchDue = sourceFetcher({ ctx, rule: poll, credentials, logger })
  const job: Job = {
    name: 'source.fetch',
    everyMs: Math.min(Math.ceil(poll.pollMs / asksPerInterval), askMsMax),
    // Each list that a try brings has its own log event; only a failure is logged here.
    run: async (signal) => {
      await drain(() => fetchDue(signal), signal)
      return undefined
    },
  }
  const atOnce = Array.from({ length: FETCHES_AT_ONCE_MAX }, () => job)
  return [...(seeds.length === 0 ? [] : [seedJob(ctx, seeds, logger)]), ...atOnce]
}
