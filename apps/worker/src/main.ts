import { setFlagsFromString } from 'node:v8'
import type { Context } from '@droplock/core/context'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { listen } from '@droplock/core/database/listen'
import { WORK_CHANNEL } from '@droplock/core/database/note-work'
import { databaseTime } from '@droplock/core/database/time'
import { readDueTimes } from '@droplock/core/due-times'
import { createWakeUp, EVENTS_CHANNEL } from '@droplock/core/events/feed'
import { newId } from '@droplock/core/new-id'
import { countRegistryAccounts } from '@droplock/core/registries/read'
import { webhookSecretKeysFrom } from '@droplock/core/webhook-endpoints/secret'
import { openAccountReport } from '@droplock/feeds/account-reports/open-account-report'
import { serveHealth } from '@droplock/http/serve'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger, type Logger } from '@droplock/observability/logger'
import { createMetrics, type Metrics } from '@droplock/observability/metrics'
import { startTracing } from '@droplock/observability/tracing'
import { openGuardedProvider } from '@droplock/payments/guard-provider'
import { ProviderRefused } from '@droplock/payments/open-provider'
import type { ReceiverKind } from '@droplock/rules/notifications'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { paymentsOf } from '@droplock/settings/payments'
import { publicationOf } from '@droplock/settings/publication'
import { reconciliationTermsOf } from '@droplock/settings/reconciliation'
import { runMain } from '@droplock/settings/run-main'
import { tracingOf } from '@droplock/settings/tracing'
import { type Config, readConfig } from './config.ts'
import { credentialsOf } from './feeds/seeds.ts'
import { type JobWatch, measureJobs, measureQueues, watchJobs } from './jobs/jobs.ts'
import { createSchedule, type Schedule } from './jobs/schedule.ts'
import type { MailRule } from './mails/mail-jobs.ts'
import { openSenders, type Senders } from './senders/senders.ts'
import { work } from './worker.ts'

// A list that is read is garbage soon. V8 would double the space for it up to 32 MB and more, and is as fast without: the peak of a
// worker that reads a million rows is a third lower (`npm run bench -- sync`).
setFlagsFromString('--semi-space-growth-factor=1')

async function main(config: Config): Promise<void> {
  const logger = loggerOf(config)
  const tracing = startTracing({ app: 'worker', ...tracingOf(config), logger })
  const db = openMain(config)
  const ctx = { db, newId }
  const open = () => openGuardedProvider(paymentsOf(config), () => countRegistryAccounts(ctx))
  const provider = await open()
  const stopping = new AbortController()
  let refused: ProviderRefused | undefined
  const check = async () => {
    try {
      await open()
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error
      refused = error
      stopping.abort()
    }
  }
  stopOnSignals(stopping, config.DROPLOCK_DRAIN_MS_MAX, logger)
  logger.info({ provider: provider?.name ?? 'none' }, 'working')
  const options = optionsOf(config, ctx, logger, provider)
  const sending = openSenders(config)
  const { senders, signsForAccounts, missing, close } = sending
  const schedule = scheduleOf(config, ctx, provider, sending)
  const wakeUp = createWakeUp()
  const mails = mailsOf(config, sending)
  const wakeSenders = () => {
    wakeUp.wake()
    mails.wakeUp.wake()
  }
  const follow = (channel: string, onWake: () => void) =>
    listen({
      url: config.DATABASE_DIRECT_URL ?? config.DATABASE_URL,
      channel,
      applicationName: 'droplock-worker-listen',
      onWake,
      signal: stopping.signal,
    })
  const listening = [follow(EVENTS_CHANNEL, wakeSenders), follow(WORK_CHANNEL, schedule.wake)]
  const everyMs = config.DROPLOCK_PROVIDER_CHECK_MS
  const watch = watchJobs(() => performance.now())
  const metrics = createMetrics()
  measureQueues(metrics, ctx)
  measureConnections(metrics, () => ({ main: connectionsOf(db) }))
  const health = await openHealth(config, ctx, { watch, metrics, logger })
  const deliveryMs = config.DROPLOCK_DELIVERIES_MS
  const deliveries = { owner: newId(), senders, signsForAccounts, missing, everyMs: deliveryMs, wakeUp }
  await work(
    {
      ...options,
      deliveries,
      mails,
      schedule,
      watch,
      measured: measureJobs(metrics),
      check: { everyMs, run: check },
    },
    stopping.signal,
  )
  await Promise.all(listening)
  await close()
  await health?.close(0)
  await db.destroy()
  await tracing.close()
  if (refused !== undefined) throw refused
  logger.info('stopped')
  process.exitCode = 0
}

function openMain(config: Config) {
  return openDatabase({
    url: config.DATABASE_URL,
    connectionsMax: config.DROPLOCK_DATABASE_CONNECTIONS_MAX,
    applicationName: 'droplock-worker',
    answerMsMax: config.DROPLOCK_WORKER_DATABASE_ANSWER_MS,
  })
}

function loggerOf({ DROPLOCK_LOG_LEVEL: level }: Config): Logger {
  return createLogger({ app: 'worker', level, pretty: process.stdout.isTTY })
}

function mailsOf(config: Config, { memberMailer }: Senders): MailRule {
  return {
    owner: newId(),
    mailer: memberMailer,
    everyMs: config.DROPLOCK_DELIVERIES_MS,
    gatherMs: config.DROPLOCK_MAIL_GATHER_MS,
    pauseMs: config.DROPLOCK_MAIL_PAUSE_MS,
    wakeUp: createWakeUp(),
  }
}

function stopOnSignals(stopping: AbortController, drainMsMax: number, logger: Logger): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return
      logger.info({ signal }, 'draining')
      stopping.abort()
      // Unreferenced: it does not keep the process alive, and acts only when something hangs.
      setTimeout(giveUp, drainMsMax, logger).unref()
    })
  }
}

function scheduleOf(
  { DROPLOCK_IDLE_MS: idleMs, DROPLOCK_UNDECIDED_AFTER_MS: undecidedAfterMs }: Config,
  ctx: Context,
  provider: PaymentProvider | undefined,
  { senders, signsForAccounts, memberMailer }: Senders,
): Schedule {
  const receiverKinds = Object.keys(senders) as ReceiverKind[]
  const mailsMembers = memberMailer !== undefined
  const asked = { provider: provider?.name, receiverKinds, signsForAccounts, mailsMembers, undecidedAfterMs }
  return createSchedule({ idleMs, readDueTimes: () => readDueTimes(ctx, asked) })
}

type Watching = { readonly watch: JobWatch; readonly metrics: Metrics; readonly logger: Logger }

/** Ready: the sweeps succeed, and the database answers now. */
async function openHealth(config: Config, ctx: Context, { watch, metrics, logger }: Watching) {
  const { HOST: host, DROPLOCK_HEALTH_PORT: port } = config
  if (port === undefined) return undefined
  const look = async () => {
    await databaseTime(ctx.db)
    return watch.view()
  }
  return serveHealth({ host, port, logger, look, metrics })
}

/**
 * Ends the process although work is under way. Not at once: when the log's reader is gone, the logger must first learn of
 * it, or its last flush never ends.
 */
function giveUp(logger: Logger): void {
  logger.error('work did not end in time')
  setImmediate(() => process.exit(0))
}

function optionsOf(config: Config, ctx: Context, logger: Logger, provider: PaymentProvider | undefined) {
  return {
    ctx,
    logger,
    provider,
    seeds: config.DROPLOCK_FEEDS.map(({ seed }) => seed),
    credentials: credentialsOf(config.DROPLOCK_FEEDS, config.DROPLOCK_SOURCE_CREDENTIALS),
    poll: {
      pollMs: config.DROPLOCK_FEED_POLL_MS,
      pollMsMax: config.DROPLOCK_FEED_POLL_MS_MAX,
      bytesMax: config.DROPLOCK_FEED_BYTES_MAX,
      publication: publicationOf(config),
    },
    sweepEvery: {
      openMs: config.DROPLOCK_SWEEP_OPEN_MS,
      closeMs: config.DROPLOCK_SWEEP_CLOSE_MS,
      unsoldMs: config.DROPLOCK_SWEEP_UNSOLD_MS,
      runsMs: config.DROPLOCK_SWEEP_RUNS_MS,
      changesMs: config.DROPLOCK_SWEEP_CHANGES_MS,
      dropListsMs: config.DROPLOCK_DROP_LISTS_MS,
      watchesMs: config.DROPLOCK_WATCHES_MS,
      driftMs: config.DROPLOCK_DRIFT_MS,
      contactsMs: config.DROPLOCK_CONTACTS_MS,
      expiryMs: config.DROPLOCK_EXPIRY_MS,
    },
    alarms: {
      everyMs: config.DROPLOCK_SWEEP_ALARMS_MS,
      undecidedAfterMs: config.DROPLOCK_UNDECIDED_AFTER_MS,
      webhookKeys: webhookSecretKeysFrom(config),
    },
    withdrawals: { chooseMs: config.DROPLOCK_CONFIRM_MS, rdapMs: config.DROPLOCK_RDAP_MS },
    feeChecksMs: config.DROPLOCK_FEE_CHECKS === 'on' ? config.DROPLOCK_FEE_CHECKS_MS : undefined,
    sandbox:
      config.DROPLOCK_SANDBOX_REGISTRY_URL === undefined
        ? undefined
        : { registryUrl: config.DROPLOCK_SANDBOX_REGISTRY_URL, everyMs: config.DROPLOCK_SANDBOX_DROPS_MS },
    heartbeatMs: config.DROPLOCK_HEARTBEAT_MS,
    eventsMs: config.DROPLOCK_EVENTS_MS,
    retention: { everyMs: config.DROPLOCK_RETENTION_MS, days: config.DROPLOCK_RETENTION_DAYS },
    moneyEvery: {
      holdsMs: config.DROPLOCK_HOLDS_MS,
      eventsMs: config.DROPLOCK_PROVIDER_EVENTS_MS,
      tasksMs: config.DROPLOCK_PROVIDER_TASKS_MS,
      pollMs: config.DROPLOCK_PAYMENT_POLL_MS,
      refundsMs: config.DROPLOCK_REFUNDS_MS,
      expiryMs: config.DROPLOCK_REFUND_EXPIRY_MS,
    },
    reconciliation: {
      at: config.DROPLOCK_RECONCILE_AT,
      timeZone: config.DROPLOCK_SERVICE_TIME_ZONE,
      checkMs: config.DROPLOCK_RECONCILE_CHECK_MS,
      reports: config.DROPLOCK_ACCOUNT_REPORTS.map((source) => openAccountReport(source)),
      terms: reconciliationTermsOf(config),
    },
  }
}

await runMain('worker', () => main(readConfig()))
