import { randomUUID } from 'node:crypto'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { openReads } from '@droplock/core/database/reads'
import { keyringOf } from '@droplock/core/keys/keyring'
import { secretBoxOf } from '@droplock/core/keys/secret-box'
import { newId } from '@droplock/core/new-id'
import { measureReadiness } from '@droplock/http/health'
import { measureRequests } from '@droplock/http/observe'
import { serve, serveMetrics } from '@droplock/http/serve'
import { addressOf } from '@droplock/http/settings'
import { openPdfPool } from '@droplock/invoices/open-pdf-pool'
import { openSmtpSender } from '@droplock/mail/sender'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger, type Logger } from '@droplock/observability/logger'
import { createMetrics } from '@droplock/observability/metrics'
import { startTracing } from '@droplock/observability/tracing'
import { totpStepOf } from '@droplock/passwords/totp'
import type { MailSender } from '@droplock/rules/ports/mail'
import { publicationOf } from '@droplock/settings/publication'
import { runMain } from '@droplock/settings/run-main'
import { tracingOf } from '@droplock/settings/tracing'
import { createApp } from './app.ts'
import { ChangeHub } from './changes/change-hub.ts'
import { type Config, readConfig } from './config.ts'
import type { Settings } from './console-api.ts'
import { EXPORTS_AT_ONCE_MAX } from './http/exports.ts'
import { type IdentityProvider, openIdentityProvider } from './identity-provider/identity-provider.ts'
import { providerOf } from './identity-provider/settings.ts'
import { keepSecrets } from './keep-secrets.ts'
import { measureAlarms } from './measure-alarms.ts'
import { type WorkerWatch, watchWorker } from './watch-worker.ts'

async function main(config: Config): Promise<void> {
  const logger = createLogger({
    app: 'console-api',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const tracing = startTracing({ app: 'console-api', ...tracingOf(config), logger })
  const { db, lists } = openBoth(config)
  const { reads, snapshots } = openForReading(config)
  const pdfs = openPdfPool({
    onError: (error) => logger.error({ err: error }, 'a thread that draws PDFs died'),
  })
  const metrics = createMetrics()
  measureConnections(metrics, () => ({
    main: connectionsOf(db),
    lists: connectionsOf(lists),
    reads: reads.connections(),
    exports: snapshots.connections(),
  }))
  const ctx = { db, newId }
  measureAlarms(metrics, ctx)
  const mails = mailsOf(config)
  const stopping = new AbortController()
  let draining = false
  const watching = watchWorker(ctx, workerWatchOf(config), logger, stopping.signal)
  const keeping = keepSecrets(ctx, boxesOf(config), logger, stopping.signal)
  const changes = new ChangeHub(ctx, logger)
  const following = changes.follow(stopping.signal)
  const app = createApp({
    ctx,
    changes,
    listsContext: { db: lists, newId },
    reads,
    snapshots,
    mails,
    provider: identityProviderOf(config, logger),
    drawPdf: pdfs.draw,
    logger,
    newRequestId: randomUUID,
    measure: measureRequests(metrics),
    draining: () => draining,
    settings: settingsOf(config),
  })
  const { DROPLOCK_METRICS_HOST: host, DROPLOCK_METRICS_PORT: port } = config
  measureReadiness(metrics, async () => (await app.request('/readyz')).ok)
  const figures = await serveMetrics({ metrics, host, port, logger })
  await serve({
    fetch: app.fetch,
    ...addressOf(config, config.PUBLIC_ORIGIN),
    requestMsMax: config.UPLOAD_MS_MAX,
    drainDelayMs: config.DRAIN_DELAY_MS,
    drainMsMax: config.DRAIN_MS_MAX,
    logger,
    onDrain: () => {
      draining = true
    },
    endStreams: () => stopping.abort(),
    close: async () => {
      await Promise.all([watching, keeping, following, figures?.close(0), pdfs.close(), mails?.close()])
      await Promise.all([db.destroy(), lists.destroy(), reads.destroy(), snapshots.destroy()])
      await tracing.close()
    },
  })
}

/** Lists that operators upload, publish and discard at once. A further one waits for a connection. */
const LIST_CONNECTIONS_MAX = 4

/** No statement outlives its request. Those of a list that is uploaded or published may take as long as an upload, apart from the rest. */
function openBoth(config: Config) {
  const open = (applicationName: string, connectionsMax: number, msMax: number) =>
    openDatabase({
      url: config.DATABASE_URL,
      connectionsMax,
      applicationName,
      answerMsMax: msMax,
      statementMsMax: msMax,
    })
  return {
    db: open('droplock-console-api', config.DATABASE_CONNECTIONS_MAX, config.REQUEST_MS_MAX),
    lists: open('droplock-console-api-lists', LIST_CONNECTIONS_MAX, config.UPLOAD_MS_MAX),
  }
}

/** For lists and overviews, and for files that are read from one moment. */
function openForReading({ DATABASE_URL: url, DATABASE_READ_CONNECTIONS_MAX: connectionsMax }: Config) {
  const of = 'droplock-console-api'
  return {
    reads: openReads({ url, connectionsMax, applicationName: `${of}-reads` }),
    snapshots: openReads({ url, connectionsMax: EXPORTS_AT_ONCE_MAX, applicationName: `${of}-exports` }),
  }
}

/** An admin waits for it, within the time of a request. Milliseconds. */
const MAIL_MS_MAX = 5_000

/** Most lists are published within a second or two. Milliseconds. */
const PUBLICATION_MS_MAX = 10_000

function settingsOf(config: Config): Settings {
  return {
    mode: config.DATABASE_MODE,
    secure: config.PUBLIC_ORIGIN?.startsWith('https:') ?? false,
    publicOrigin: config.PUBLIC_ORIGIN,
    consoleFolder: config.CONSOLE_FOLDER,
    access: {
      proofSeconds: config.DROPLOCK_STEP_UP_SECONDS,
      secondFactorRoles: config.DROPLOCK_SECOND_FACTOR_ROLES,
    },
    secondFactors: { boxes: boxesOf(config), stepOf: totpStepOf },
    requestMsMax: config.REQUEST_MS_MAX,
    uploadMsMax: config.UPLOAD_MS_MAX,
    publicationMsMax: PUBLICATION_MS_MAX,
    writeMsMax: config.WRITE_MS_MAX,
    uploadBytesMax: config.UPLOAD_BYTES_MAX,
    publication: publicationOf(config),
    timeZone: config.DROPLOCK_SERVICE_TIME_ZONE,
  }
}

function boxesOf({ DROPLOCK_STAFF_SECRET_KEY: keys }: Config) {
  return keyringOf(keys, secretBoxOf)
}

/** None without the address of the console, which links begin with. */
function mailsOf(config: Config): MailSender | undefined {
  const { DROPLOCK_SMTP_URL: url, DROPLOCK_MAIL_FROM: from, PUBLIC_ORIGIN: origin } = config
  if (url === undefined || from === undefined || origin === undefined) return undefined
  return openSmtpSender({ url, from, answerMsMax: MAIL_MS_MAX })
}

function identityProviderOf(config: Config, logger: Logger): IdentityProvider | undefined {
  const provider = providerOf(config, config.PUBLIC_ORIGIN)
  return provider && openIdentityProvider(provider, logger)
}

function workerWatchOf(config: Config): WorkerWatch {
  return { everyMs: config.DROPLOCK_WATCH_WORKER_MS, silentMsMax: config.DROPLOCK_WORKER_SILENT_MS_MAX }
}

await runMain('console-api', () => main(readConfig()))
