import { randomBytes, randomUUID } from 'node:crypto'
import { authCodeSecretsFrom } from '@droplock/core/auth-codes/derive'
import { connectionsOf, openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { serveHealth } from '@droplock/http/serve'
import { measureConnections } from '@droplock/observability/database-metrics'
import { createLogger, type Logger } from '@droplock/observability/logger'
import { createMetrics, type Metrics } from '@droplock/observability/metrics'
import { startTracing } from '@droplock/observability/tracing'
import { runMain } from '@droplock/settings/run-main'
import { tracingOf } from '@droplock/settings/tracing'
import { type Config, readConfig, readCredentials } from './config.ts'
import type { Drive } from './drive/drive.ts'
import { driveAccount } from './drive/drive-account.ts'
import { measureAccounts, measureCommands, measureProbes } from './drive/measure.ts'
import { createStatus, viewOf } from './drive/status.ts'

const DAY_MS = 86_400_000

async function main(config: Config): Promise<void> {
  const log = createLogger({
    app: 'catcher',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY === true,
  })
  const tracing = startTracing({ app: 'catcher', ...tracingOf(config), logger: log })
  const db = openDatabase({
    url: config.DATABASE_URL,
    connectionsMax: 8,
    applicationName: 'catcher',
    // The first outcomes of a batch would wait for new connections, which have planned none of their statements.
    keepsOpen: true,
    answerMsMax: config.DROPLOCK_DATABASE_ANSWER_MS,
  })
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ event: 'catcher.stopping', signal })
      stop.abort()
      // Unreferenced: it does not keep the process alive and fires only when something hangs. A lease that is not released expires.
      setTimeout(giveUp, config.DROPLOCK_STOP_MS_MAX, log).unref()
    })
  }
  const metrics = createMetrics()
  const common = {
    ...commonOf(config, db),
    measure: measureCommands(metrics),
    measureProbe: measureProbes(metrics),
  }
  const drives = Object.entries(config.DROPLOCK_EPP_CREDENTIALS).map(
    ([accountId, credentials]): Drive => ({
      ...common,
      accountId,
      credentials: readCredentials(credentials),
      log: log.child({ account: accountId }),
      status: createStatus(),
    }),
  )
  measureAccounts(metrics, common.ctx, drives)
  measureConnections(metrics, () => ({ main: connectionsOf(db) }))
  const health = await openHealth(config, drives, metrics, log)
  await Promise.all(drives.map((drive) => driveAccount(drive, stop.signal)))
  await health?.close(0)
  await db.destroy()
  await tracing.close()
}

async function openHealth(config: Config, drives: readonly Drive[], metrics: Metrics, logger: Logger) {
  const { HOST: host, DROPLOCK_HEALTH_PORT: port } = config
  if (port === undefined) return undefined
  const look = async () => {
    const accounts = drives.map(({ accountId, status }) => viewOf(accountId, status))
    return { ready: accounts.every(({ problems }) => problems.length === 0), accounts }
  }
  return serveHealth({ host, port, logger, look, metrics })
}

/** Exits in the next turn: when the log's reader is gone the logger has to notice first, or its last flush never ends. */
function giveUp(log: Logger): void {
  log.error({ event: 'catcher.stopped_late' })
  setImmediate(() => process.exit(1))
}

/** What is the same for all accounts. */
function commonOf(
  config: Config,
  db: ReturnType<typeof openDatabase>,
): Omit<Drive, 'accountId' | 'credentials' | 'log' | 'status'> {
  const owner = randomUUID()
  let commands = 0
  return {
    ctx: { db, newId },
    owner,
    journalFolder: config.DROPLOCK_JOURNAL_FOLDER,
    rules: {
      lease: {
        leaseMs: config.DROPLOCK_LEASE_MS,
        renewEveryMs: config.DROPLOCK_LEASE_RENEW_MS,
        marginMs: config.DROPLOCK_LEASE_MARGIN_MS,
      },
      refresh: { everyMs: config.DROPLOCK_REFRESH_MS, fireLeadMs: config.DROPLOCK_FIRE_LEAD_MS },
      requests: { everyMs: config.DROPLOCK_REQUESTS_MS },
      messages: { everyMs: config.DROPLOCK_MESSAGES_MS },
      plan: {
        prepareLeadMs: config.DROPLOCK_PREPARE_LEAD_MS,
        aimLeadMs: config.DROPLOCK_AIM_LEAD_MS,
        createsPerInfo: config.DROPLOCK_CREATES_PER_INFO,
      },
      surveyShare: config.DROPLOCK_SURVEY_PERCENT / 100,
      readyLeadMs: config.DROPLOCK_READY_DAYS * DAY_MS,
      clockEveryMs: config.DROPLOCK_CLOCK_EVERY_MS,
      drainMsMax: config.DROPLOCK_DRAIN_MS,
      unconnectedMsMax: config.DROPLOCK_UNCONNECTED_MS_MAX,
    },
    monotonicMs: () => performance.now(),
    wallMs: () => performance.timeOrigin + performance.now(),
    unixMs: () => Date.now(),
    random: Math.random,
    newClTRID: () => `DL-${owner}-${(commands++).toString(36)}`,
    // RFC 5731 requires a password for the object. Registries require digits, letters and other characters in it.
    authCodes: authCodeSecretsFrom(config),
    newAuthInfo: () => `${randomBytes(9).toString('base64url')}-Aa1`,
  }
}

await runMain('catcher', () => main(readConfig()))
