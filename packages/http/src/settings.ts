import { databaseUrl, logLevel, milliseconds } from '@droplock/settings/values'
import { z } from 'zod'

/** Whoever waits for an answer has given up by then. */
const WAIT_MS_MAX = 600_000

/** What every HTTP server can be told. An app's `config.ts` adds its own. */
export const serverSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: databaseUrl,
  /** Connections per database. More than the database has cores for only makes a longer queue inside it. */
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(20),
  DROPLOCK_LOG_LEVEL: logLevel,
  /** A request is answered within this, or with `unavailable`. Milliseconds. */
  REQUEST_MS_MAX: milliseconds(1, WAIT_MS_MAX).default(15_000),
  /** After SIGTERM, requests that run may end within this. Milliseconds. */
  DRAIN_MS_MAX: milliseconds(1, WAIT_MS_MAX).default(10_000),
} as const
