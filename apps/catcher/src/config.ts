import { readFileSync } from 'node:fs'
import { authCodeSettings } from '@droplock/settings/auth-codes'
import { tracingSettings } from '@droplock/settings/tracing'
import {
  databaseUrl,
  healthSettings,
  json,
  logLevel,
  milliseconds,
  readSettings,
} from '@droplock/settings/values'
import { z } from 'zod'
import type { Credentials } from './drive/connect-account.ts'

/** The longest password. More than 16 characters need loginSec (RFC 8807), which sets no limit; this one is against mistakes. */
const PASSWORD_LENGTH_MAX = 512

const ms = (usual: number) => milliseconds().default(usual)

const credentials = z.strictObject({
  password: z.string().min(6).max(PASSWORD_LENGTH_MAX),
  passwords: z.record(z.string().min(1), z.string().min(6).max(PASSWORD_LENGTH_MAX)).default({}),
  caFile: z.string().optional(),
  certificates: z
    .record(z.string().min(1), z.strictObject({ certFile: z.string(), keyFile: z.string() }))
    .default({}),
})

/** The catcher's settings. Every duration is operator data with a default. */
export const schema = z.object({
  DATABASE_URL: databaseUrl,
  /** After this long without an answer a query's connection counts as lost. Less than a lease, so that another connection can renew it in time. */
  DROPLOCK_DATABASE_ANSWER_MS: ms(4_000),
  ...healthSettings,
  /**
   * JSON: registry account id → {"password", "passwords", "caFile", "certificates"}. The accounts that this process may drive.
   * `passwords` are by the name that the registry account has after a change; `password` is that of an account that names none. Without
   * `caFile` the platform's certificate authorities are used. `certificates` are our own, {"certFile", "keyFile"} by the name in
   * the registry account, so that the next certificate can be added before the account uses it.
   */
  DROPLOCK_EPP_CREDENTIALS: json(
    z
      .record(z.string(), credentials)
      .refine((accounts) => Object.keys(accounts).length > 0, 'names no registry account'),
  ),
  DROPLOCK_JOURNAL_FOLDER: z.string().default('.droplock/journal'),
  DROPLOCK_LOG_LEVEL: logLevel,
  ...tracingSettings,
  ...authCodeSettings,
  DROPLOCK_LEASE_MS: ms(10_000),
  DROPLOCK_LEASE_RENEW_MS: ms(1_000),
  DROPLOCK_LEASE_MARGIN_MS: ms(1_000),
  DROPLOCK_REFRESH_MS: ms(500),
  /** How often the catcher reads requests (renewals, contacts) from the database. */
  DROPLOCK_REQUESTS_MS: ms(1_000),
  /** How often the catcher reads the registry's messages. While there are applications, every few seconds. */
  DROPLOCK_MESSAGES_MS: ms(60_000),
  /** How many days before a drop the catcher reports what its create will lack: as many as a name is in pendingDelete. */
  DROPLOCK_READY_DAYS: z.coerce.number().int().min(1).max(60).default(5),
  DROPLOCK_PREPARE_LEAD_MS: ms(300_000),
  DROPLOCK_FIRE_LEAD_MS: ms(10_000),
  DROPLOCK_AIM_LEAD_MS: ms(50),
  DROPLOCK_SURVEY_PERCENT: z.coerce.number().min(0).max(90).default(50),
  DROPLOCK_CREATES_PER_INFO: z.coerce.number().int().positive().default(28),
  DROPLOCK_CLOCK_EVERY_MS: ms(60_000),
  DROPLOCK_DRAIN_MS: ms(5_000),
  /** Registries restart and have maintenance. An account without a session for longer than this raises an alarm. */
  DROPLOCK_UNCONNECTED_MS_MAX: ms(300_000),
  /** The process ends within this after SIGTERM, even if something hangs. It covers two drains, the logouts and the release of the leases. */
  DROPLOCK_STOP_MS_MAX: ms(20_000),
})

export type Config = z.infer<typeof schema>

/** The catcher's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('catcher', schema, environment)
}

/** The credentials of one account, with the contents of their files. Throws when a file can't be read. */
export function readCredentials({
  password,
  passwords,
  caFile,
  certificates,
}: z.infer<typeof credentials>): Credentials {
  const read = Object.entries(certificates).map(([name, { certFile, keyFile }]) => [
    name,
    { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') },
  ])
  return {
    password,
    passwords,
    ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }),
    certificates: Object.fromEntries(read),
  }
}
