import { randomUUID } from 'node:crypto'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { measureReadiness } from '@droplock/http/health'
import { measureRequests } from '@droplock/http/observe'
import { serve, serveMetrics } from '@droplock/http/serve'
import { addressOf } from '@droplock/http/settings'
import { openSmtpSender } from '@droplock/mail/sender'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger } from '@droplock/observability/logger'
import { createMetrics } from '@droplock/observability/metrics'
import { startTracing } from '@droplock/observability/tracing'
import { runMain } from '@droplock/settings/run-main'
import { tracingOf } from '@droplock/settings/tracing'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { openAuth } from './server/auth.ts'
import { openAuthMails } from './server/auth-mails.ts'
import { openGateway } from './server/gateway.ts'
import { keysFrom } from './server/keys.ts'
import { openRender } from './server/render.ts'
import { openStreams } from './server/streams.ts'

/** A person waits for it. Milliseconds. */
const MAIL_MS_MAX = 5_000

async function main(config: Config): Promise<void> {
  const logger = createLogger({
    app: 'marketplace',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const tracing = startTracing({ app: 'marketplace', ...tracingOf(config), logger })
  const db = openDatabase({
    url: config.DATABASE_URL,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    applicationName: 'droplock-marketplace',
    answerMsMax: config.REQUEST_MS_MAX,
    statementMsMax: config.REQUEST_MS_MAX,
  })
  const ctx = { db, newId }
  const metrics = createMetrics()
  measureConnections(metrics, () => ({ main: connectionsOf(db) }))
  const sender = senderOf(config)
  const { MARKETPLACE_ORIGIN: origin, DROPLOCK_MARKETPLACE_SECRET: secrets } = config
  const mails = openAuthMails({ ctx, sender, origin, logger })
  const streams = openStreams()
  let draining = false
  const app = createApp({
    ctx,
    auth: openAuth({ ctx, origin, secrets, mails, logger }),
    mails,
    gateway: openGateway(config.GATEWAY_URL, config.REQUEST_MS_MAX),
    keys: keysFrom(secrets, config.DATABASE_MODE),
    render: openRender(config.MARKETPLACE_FOLDER),
    streams,
    logger,
    newRequestId: randomUUID,
    measure: measureRequests(metrics),
    draining: () => draining,
    settings: {
      origin,
      secrets,
      folder: config.MARKETPLACE_FOLDER,
      requestMsMax: config.REQUEST_MS_MAX,
      stripeKey: config.STRIPE_PUBLISHABLE_KEY,
      visitors: { burst: config.VISITOR_BURST_MAX, perSecond: config.VISITOR_PER_SECOND_MAX },
      supportMail: config.DROPLOCK_SUPPORT_MAIL,
    },
  })
  const { DROPLOCK_METRICS_HOST: host, DROPLOCK_METRICS_PORT: port } = config
  measureReadiness(metrics, async () => (await app.request('/readyz')).ok)
  const figures = await serveMetrics({ metrics, host, port, logger })
  await serve({
    fetch: app.fetch,
    ...addressOf(config, config.MARKETPLACE_ORIGIN),
    drainDelayMs: config.DRAIN_DELAY_MS,
    drainMsMax: config.DRAIN_MS_MAX,
    logger,
    onDrain: () => {
      draining = true
    },
    endStreams: () => streams.endAll(),
    close: async () => {
      await mails.settled()
      await Promise.all([figures?.close(0), sender?.close()])
      await db.destroy()
      await tracing.close()
    },
  })
}

function senderOf(config: Config) {
  const { DROPLOCK_SMTP_URL: url, DROPLOCK_MAIL_FROM: from } = config
  return url === undefined || from === undefined
    ? undefined
    : openSmtpSender({ url, from, answerMsMax: MAIL_MS_MAX })
}

await runMain('marketplace', () => main(readConfig()))
