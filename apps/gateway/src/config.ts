import { metricsSettings, serverSettings } from '@droplock/http/settings'
import { authCodeSettings } from '@droplock/settings/auth-codes'
import { otherPaymentSettings, paymentSettings } from '@droplock/settings/payments'
import { hasWindow, noWindow, publicationSettings } from '@droplock/settings/publication'
import { databaseUrl, httpUrl, milliseconds, port, readSettings } from '@droplock/settings/values'
import { webhookSettings } from '@droplock/settings/webhooks'
import { z } from 'zod'

export const schema = z
  .object({
    ...serverSettings,
    ...metricsSettings,
    PORT: port(8080),
    /** The API's public URL. With https clients that are browsers never come without. */
    GATEWAY_ORIGIN: httpUrl.optional(),
    ...paymentSettings,
    /** Straight to PostgreSQL where DATABASE_URL leads through a pooler: notifications come on no other connection. */
    DATABASE_DIRECT_URL: databaseUrl.optional(),
    /** A standby, for searches among all listings; straight to it, or through a pooler. Absent: they are read from `DATABASE_URL`. */
    DATABASE_REPLICA_URL: databaseUrl.optional(),
    /** Requests without a valid key from one IPv4 address or one IPv6 /64: at once, and again in each second. */
    KEYLESS_BURST_MAX: z.coerce.number().int().min(1).max(1_000_000).default(100),
    KEYLESS_PER_SECOND_MAX: z.coerce.number().int().min(1).max(1_000_000).default(20),
    /**
     * Orders and single reads under way at once; one more is answered 503 with `Retry-After`. At some hundreds a second it is the half second in
     * which those that are taken are answered.
     */
    REQUESTS_AT_ONCE_MAX: z.coerce.number().int().min(1).max(100_000).default(300),
    /** Streams of events open at once, for each database. They count as connections too. */
    EVENT_STREAMS_MAX: z.coerce.number().int().min(0).max(100_000).default(1_000),
    /** A stream without events has a comment so often, so that no proxy takes it for dead. Milliseconds. */
    EVENT_HEARTBEAT_MS: milliseconds(100, 60_000).default(15_000),
    /** Keys of the mode that `DATABASE_MODE` is not are refused unless that mode has a database too. */
    OTHER_DATABASE_URL: databaseUrl.optional(),
    OTHER_DATABASE_DIRECT_URL: databaseUrl.optional(),
    ...otherPaymentSettings,
    ...authCodeSettings,
    ...webhookSettings,
    ...publicationSettings,
  })
  .refine(hasWindow, noWindow)

export type Config = z.output<typeof schema>

/** The gateway's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('gateway', schema, environment)
}
