import { randomUUID } from 'node:crypto'
import { KEYS_CHANNEL } from '@droplock/core/api-keys'
import { authCodeSecretsFrom } from '@droplock/core/auth-codes/derive'
import { requireSellerMode } from '@droplock/core/billing/seller'
import type { Context } from '@droplock/core/context'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { listen } from '@droplock/core/database/listen'
import { openReads, type Reads } from '@droplock/core/database/reads'
import { newId } from '@droplock/core/new-id'
import { countRegistryAccounts } from '@droplock/core/registries/read'
import { webhookSecretKeysFrom } from '@droplock/core/webhook-endpoints/secret'
import { measureReadiness } from '@droplock/http/health'
import { measureRequests } from '@droplock/http/observe'
import { serve, serveMetrics } from '@droplock/http/serve'
import { addressOf } from '@droplock/http/settings'
import { openSourceBudgets } from '@droplock/http/source-budgets'
import { openPdfPool } from '@droplock/invoices/open-pdf-pool'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger, type Logger } from '@droplock/observability/logger'
import { createMetrics, type Metrics } from '@droplock/observability/metrics'
import { startTracing } from '@droplock/observability/tracing'
import { openGuardedProvider } from '@droplock/payments/guard-provider'
import type { ProviderSettings } from '@droplock/payments/open-provider'
import type { InvoiceMode } from '@droplock/rules/invoices'
import { otherModeOf, otherPaymentsOf, paymentsOf } from '@droplock/settings/payments'
import { publicationOf } from '@droplock/settings/publication'
import { runMain } from '@droplock/settings/run-main'
import { tracingOf } from '@droplock/settings/tracing'
import { openGuard } from '@droplock/webhooks/guard'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type Served, servedFrom } from './gateway.ts'
import { openAdmission } from './http/admission.ts'
import { readLotOf } from './http/read-lot.ts'
import { watchSellerMode } from './watch-seller-mode.ts'

/** `last_used_on` is a day: a minute late is early enough, and one statement a minute costs nothing. Milliseconds. */
const KEY_USE_EVERY_MS = 60_000

async function main(config: Config): Promise<void> {
  const logger = loggerOf(config)
  const tracing = startTracing({ app: 'gateway', ...tracingOf(config), logger })
  const database = openOf(config, config.DATABASE_URL, config.DATABASE_REPLICA_URL)
  const other =
    config.OTHER_DATABASE_URL === undefined ? undefined : openOf(config, config.OTHER_DATABASE_URL)
  const stopping = new AbortController()
  const watch = watchBy(logger, stopping.signal)
  const served = await openServed(database, paymentsOf(config), watch)
  const otherServed = other && (await openServed(other, otherPaymentsOf(config), watch))
  const following = followAll(config, served, otherServed, logger, stopping.signal)
  const all = [served, ...(otherServed ? [otherServed] : [])]
  const keyUse = writeKeyUse(all, logger)
  const pdfs = openPdfs(logger)
  const metrics = createMetrics()
  measurePools(metrics, database, other)
  measureStreams(metrics, { main: served, ...(otherServed && { other: otherServed }) })
  let draining = false
  const admission = admissionOf(config)
  const app = createApp({
    modes: {
      [config.DATABASE_MODE]: served,
      ...(otherServed && { [otherModeOf(config.DATABASE_MODE)]: otherServed }),
    },
    logger,
    newRequestId: randomUUID,
    measure: measureRequests(metrics),
    requestMsMax: config.REQUEST_MS_MAX,
    requestsAtOnceMax: config.REQUESTS_AT_ONCE_MAX,
    publication: publicationOf(config),
    drawPdf: pdfs.draw,
    admission,
    authCodes: authCodeSecretsFrom(config),
    webhooks: webhooksOf(config),
    draining: () => draining,
  })
  const { DROPLOCK_METRICS_HOST: host, DROPLOCK_METRICS_PORT: port } = config
  measureReadiness(metrics, async () => (await app.request('/readyz')).ok)
  const figures = await serveMetrics({ metrics, host, port, logger })
  await serve({
    fetch: app.fetch,
    ...addressOf(config, config.GATEWAY_ORIGIN),
    answerEarly: admission.answerEarly,
    drainDelayMs: config.DRAIN_DELAY_MS,
    drainMsMax: config.DRAIN_MS_MAX,
    logger,
    facts: { mode: config.DATABASE_MODE },
    onDrain: () => {
      draining = true
    },
    endStreams: () => {
      for (const { hub } of all) hub?.close()
    },
    close: async () => {
      stopping.abort()
      await keyUse.stop()
      await Promise.all([
        ...following,
        closeOf(database),
        other && closeOf(other),
        pdfs.close(),
        figures?.close(0),
      ])
      await tracing.close()
    },
  })
}

function openPdfs(logger: Logger) {
  return openPdfPool({
    onError: (error) => logger.error({ err: error }, 'a thread that draws PDFs died'),
  })
}

function webhooksOf(config: Config) {
  const key = webhookSecretKeysFrom(config)?.current
  const guard = openGuard({ allowsLoopback: config.DROPLOCK_WEBHOOK_LOOPBACK === 'on' })
  return key && { key, judge: guard.judgeResolved }
}

function watchBy(logger: Logger, signal: AbortSignal) {
  return (ctx: Context, mode: InvoiceMode) => watchSellerMode({ ctx, mode, logger, signal })
}

function loggerOf({ DROPLOCK_LOG_LEVEL: level }: Config): Logger {
  return createLogger({ app: 'gateway', level, pretty: process.stdout.isTTY })
}

function admissionOf({ KEYLESS_BURST_MAX: burst, KEYLESS_PER_SECOND_MAX: perSecond }: Config) {
  return openAdmission(openSourceBudgets({ burst, perSecond }))
}

/** Follows what the databases notify of, until the signal aborts. */
function followAll(
  config: Config,
  served: Served,
  otherServed: Served | undefined,
  logger: Logger,
  signal: AbortSignal,
) {
  const follow = (url: string | undefined, of: Served | undefined) =>
    url && of && Promise.all([followKeys(url, of, signal), followFeed(config, url, of, logger, signal)])
  return [
    follow(config.DATABASE_DIRECT_URL ?? config.DATABASE_URL, served),
    follow(config.OTHER_DATABASE_DIRECT_URL ?? config.OTHER_DATABASE_URL, otherServed),
  ]
}

function measurePools(metrics: Metrics, database: Opened, other: Opened | undefined): void {
  measureConnections(metrics, () => ({
    main: connectionsOf(database.db),
    reads: database.reads.connections(),
    ...(database.searches && { searches: database.searches.connections() }),
    ...(other && { other: connectionsOf(other.db), other_reads: other.reads.connections() }),
  }))
}

function measureStreams(metrics: Metrics, databases: Readonly<Record<string, Served>>): void {
  metrics.gauge({ name: 'event_streams_open', help: 'Streams of events.', labels: ['database'] }, () =>
    Object.entries(databases).map(([database, { hub }]) => ({ labels: { database }, value: hub?.open ?? 0 })),
  )
}

/** Writes from time to time which keys were used, and once more at the end. */
function writeKeyUse(modes: readonly Served[], logger: Logger): { readonly stop: () => Promise<unknown> } {
  const write = () =>
    Promise.all(
      modes.map(({ keyUse }) =>
        keyUse
          ?.write()
          .catch((error: unknown) => logger.warn({ err: error }, 'the use of keys was not written')),
      ),
    )
  const writing = setInterval(() => void write(), KEY_USE_EVERY_MS)
  return {
    stop: () => {
      clearInterval(writing)
      return write()
    },
  }
}

/** Has what is remembered of keys forgotten whenever one is revoked. A lost connection delays that (see `rememberActors`). */
function followKeys(url: string, { authenticate, hub }: Served, signal: AbortSignal): Promise<void> {
  return listen({
    url,
    channel: KEYS_CHANNEL,
    applicationName: 'droplock-gateway-listen',
    onWake: () => {
      authenticate.forget()
      void hub?.checkKeys()
    },
    signal,
  })
}

/** Gives events to streams. */
async function followFeed(
  config: Config,
  directUrl: string,
  { hub }: Served,
  logger: Logger,
  signal: AbortSignal,
) {
  const { EVENT_HEARTBEAT_MS: heartbeatMs, EVENT_STREAMS_MAX: streamsMax } = config
  await hub?.follow({ directUrl, heartbeatMs, streamsMax, logger, signal })
}

/** The connections of orders and single reads, and apart from them those of searches and lists. */
type Opened = {
  readonly db: ReturnType<typeof openDatabase>
  readonly reads: Reads
  readonly searches: Reads | undefined
}

function openOf(config: Config, url: string, replicaUrl?: string): Opened {
  const applicationName = 'droplock-gateway'
  const readsOf = (of: string, what: string) =>
    openReads({
      url: of,
      connectionsMax: config.DATABASE_READ_CONNECTIONS_MAX,
      applicationName: `${applicationName}-${what}`,
    })
  return {
    db: openDatabase({
      url,
      connectionsMax: config.DATABASE_CONNECTIONS_MAX,
      applicationName,
      keepsOpen: true,
      answerMsMax: config.REQUEST_MS_MAX,
      statementMsMax: config.REQUEST_MS_MAX,
    }),
    reads: readsOf(url, 'reads'),
    searches: replicaUrl === undefined ? undefined : readsOf(replicaUrl, 'searches'),
  }
}

function closeOf({ db, reads, searches }: Opened): Promise<unknown> {
  return Promise.all([db.destroy(), reads.destroy(), searches?.destroy()])
}

/** A database with the payment provider that may serve it. Throws ProviderRefused, or Error for a seller of the other mode. */
async function openServed(
  { db, reads, searches }: Opened,
  settings: ProviderSettings,
  watch: (ctx: Context, mode: InvoiceMode) => () => boolean,
): Promise<Served> {
  const ctx: Context = { db, newId }
  await requireSellerMode(ctx, settings.database)
  const provider = await openGuardedProvider(settings, () => countRegistryAccounts(ctx))
  const served = servedFrom(ctx, provider, readLotOf(reads, searches))
  await served.hub?.begin()
  return { ...served, isServed: watch(ctx, settings.database) }
}

await runMain('gateway', () => main(readConfig()))
