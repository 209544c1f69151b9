import { randomBytes, randomUUID } from 'node:crypto'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { createLogger } from '@droplock/observability/logger'
import { runMain } from '@droplock/settings/run-main'
import { type Config, readCa, readConfig } from './config.ts'
import { type Drive, driveAccount } from './drive/drive-account.ts'

async function main(config: Config): Promise<void> {
  const log = createLogger({
    app: 'catcher',
    level: config.DROPLOCK_LOG_LEVEL,
    pretty: process.stdout.isTTY === true,
  })
  const db = openDatabase({ url: config.DATABASE_URL, connectionsMax: 8, applicationName: 'catcher' })
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  process.once('SIGINT', () => stop.abort())
  const common = commonOf(config, db)
  await Promise.all(
    Object.entries(config.DROPLOCK_EPP_CREDENTIALS).map(([accountId, { password, caFile }]) => {
      const drive = { ...common, accountId, credentials: { password, ca: readCa(caFile) } }
      return driveAccount({ ...drive, log: log.child({ account: accountId }) }, stop.signal)
    }),
  )
  await db.destroy()
}

/** What the drives of all accounts have in common. */
function commonOf(
  config: Config,
  db: ReturnType<typeof openDatabase>,
): Omit<Drive, 'accountId' | 'credentials' | 'log'> {
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
      watch: { undecidedMs: config.DROPLOCK_UNDECIDED_MS },
      plan: {
        prepareLeadMs: config.DROPLOCK_PREPARE_LEAD_MS,
        aimLeadMs: config.DROPLOCK_AIM_LEAD_MS,
        createsPerInfo: config.DROPLOCK_CREATES_PER_INFO,
      },
      clockEveryMs: config.DROPLOCK_CLOCK_EVERY_MS,
      drainMsMax: config.DROPLOCK_DRAIN_MS,
    },
    monotonicMs: () => performance.now(),
    wallMs: () => performance.timeOrigin + performance.now(),
    unixMs: () => Date.now(),
    newClTRID: () => `DL-${owner}-${(commands++).toString(36)}`,
    // RFC 5731 wants a password for the object; registries want digits, letters and more in it.
    newAuthInfo: () => `${randomBytes(9).toString('base64url')}-Aa1`,
  }
}

await runMain('catcher', () => main(readConfig()))
