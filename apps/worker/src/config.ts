import { MAIL_GATHER_MS, MAIL_PAUSE_MS } from '@droplock/rules/event-mails/kinds'
import { hasMailSender, mailSettings, noMailSender } from '@droplock/settings/mail'
import { paymentSettings } from '@droplock/settings/payments'
import { hasWindow, noWindow, publicationSettings } from '@droplock/settings/publication'
import { dailyReconciliationSettings, reconciliationSettings } from '@droplock/settings/reconciliation'
import { tracingSettings } from '@droplock/settings/tracing'
import {
  databaseUrl,
  healthSettings,
  httpUrl,
  json,
  logLevel,
  milliseconds,
  readSettings,
} from '@droplock/settings/values'
import { webhookSettings } from '@droplock/settings/webhooks'
import { z } from 'zod'
import { credentialsSchema } from './feeds/credentials.ts'
import { configuredSourceSchema } from './feeds/seeds.ts'
import { retentionDays } from './sweeps/retention.ts'

/** A job or poll that runs more often is useless load. */
const MS_MIN = 10
const ms = milliseconds(MS_MIN)

/** The one that signed so far, and the next. */
const SECRETS_OF_A_NAME_MAX = 2

/** Of Standard Webhooks: 24 to 64 random octets. */
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, 'must be whsec_ and 24 to 64 octets in base64')

const webhookSecrets = z.union([
  webhookSecret.transform((secret) => [secret]),
  z.array(webhookSecret).min(1).max(SECRETS_OF_A_NAME_MAX),
])

const notificationSettings = {
  ...mailSettings,
  /** JSON object: the secrets that sign webhooks, by the names that receivers use. While one is changed, a list of both. */
  DROPLOCK_WEBHOOK_SECRETS: json(z.record(z.string(), webhookSecrets)).default({}),
  /** Where people open the console, for the links in mails. */
  DROPLOCK_CONSOLE_URL: httpUrl.optional(),
  /** The public URL of the customers' pages, for the links in mails to people of accounts, who get none without it. */
  MARKETPLACE_ORIGIN: httpUrl.optional(),
  /** A mail to a person is sent so long after the first thing that it is about, and after the mail before. */
  DROPLOCK_MAIL_GATHER_MS: milliseconds(0).default(MAIL_GATHER_MS),
  DROPLOCK_MAIL_PAUSE_MS: milliseconds(0).default(MAIL_PAUSE_MS),
} as const

export const schema = z
  .object({
    DATABASE_URL: databaseUrl,
    /** Each job uses one connection at a time, and none while it waits for another service. */
    DROPLOCK_DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(100).default(8),
    /** Straight to PostgreSQL where DATABASE_URL leads through a pooler: notifications come on no other connection. */
    DATABASE_DIRECT_URL: databaseUrl.optional(),
    /**
     * A query without an answer for this long fails, and its connection is closed: one that a firewall has forgotten would hold its job for
     * ever. Longer than any statement of a publication takes.
     */
    DROPLOCK_WORKER_DATABASE_ANSWER_MS: ms.default(120_000),
    DROPLOCK_LOG_LEVEL: logLevel,
    ...tracingSettings,
    ...healthSettings,
    /** JSON array of sources that get a row once; see `feeds/seeds.ts`. */
    DROPLOCK_FEEDS: json(z.array(configuredSourceSchema)).default([]),
    /** JSON object: what sources ask for, by the names that their rows use: `{"user", "password"}` or `{"token"}`. */
    DROPLOCK_SOURCE_CREDENTIALS: json(credentialsSchema).default({}),
    DROPLOCK_FEED_POLL_MS: ms.default(60_000),
    /** A whole poll, from download to publication, ends within this. */
    DROPLOCK_FEED_POLL_MS_MAX: ms.default(900_000),
    /** All deletions of five days in all TLDs are some 100 MB as text. */
    DROPLOCK_FEED_BYTES_MAX: z.coerce.number().int().min(1).max(4_294_967_296).default(536_870_912),
    ...publicationSettings,
    /** How often the due times are read without a notification; the intervals below are the shortest time between two runs. */
    DROPLOCK_IDLE_MS: ms.default(10_000),
    /** How often the heartbeat is written; the console raises an alarm after DROPLOCK_WORKER_SILENT_MS_MAX without one. */
    DROPLOCK_HEARTBEAT_MS: ms.default(3_000),
    DROPLOCK_SWEEP_OPEN_MS: ms.default(1_000),
    DROPLOCK_SWEEP_CLOSE_MS: ms.default(250),
    DROPLOCK_SWEEP_UNSOLD_MS: ms.default(1_000),
    /** A catcher that is frozen or gone must be noticed within seconds. */
    DROPLOCK_SWEEP_ALARMS_MS: ms.default(2_000),
    /** A target that is undecided this long after its grace period is an alarm. */
    DROPLOCK_UNDECIDED_AFTER_MS: ms.default(60_000),
    /** How often new events are numbered: receivers get none before. */
    DROPLOCK_EVENTS_MS: ms.default(200),
    /** The shortest time between two looks for due deliveries; a notification wakes the worker. */
    DROPLOCK_DELIVERIES_MS: ms.default(50),
    ...notificationSettings,
    ...webhookSettings,
    /** How often suspects are put to their registries, and how often it is looked for an RDAP server that is free. */
    DROPLOCK_CONFIRM_MS: ms.default(1_000),
    DROPLOCK_RDAP_MS: ms.default(250),
    /** Whether names are asked about before their drop; where simulated premium names are to be ordered, they are not. */
    DROPLOCK_FEE_CHECKS: z.enum(['on', 'off']).default('on'),
    /** How often it is looked for published names that are to be asked about by fee check. */
    DROPLOCK_FEE_CHECKS_MS: ms.default(5_000),
    DROPLOCK_SWEEP_RUNS_MS: ms.default(5_000),
    /** How often changes of schedules are looked for; a new one is applied at once where the worker is notified. */
    DROPLOCK_SWEEP_CHANGES_MS: ms.default(1_000),
    /** How often a batch that is under way is measured, and submission windows follow it. */
    DROPLOCK_DRIFT_MS: ms.default(1_000),
    /** How often the contacts that orders name are requested at their registries. */
    DROPLOCK_CONTACTS_MS: ms.default(5_000),
    /** How often it is looked for names that expire within a month or a week and are not being renewed. */
    DROPLOCK_EXPIRY_MS: ms.default(60_000),
    /** How often it is looked for watched names that close for orders within an hour. */
    DROPLOCK_WATCHES_MS: ms.default(30_000),
    /** How often it is looked whether a publication has no drop list for download yet. */
    DROPLOCK_DROP_LISTS_MS: ms.default(5_000),
    /** How often expired records are pruned. */
    DROPLOCK_RETENTION_MS: ms.default(3_600_000),
    DROPLOCK_RETENTION_DAYS: retentionDays,
    ...paymentSettings,
    DROPLOCK_HOLDS_MS: ms.default(1_000),
    /** A payer waits for this. */
    DROPLOCK_PROVIDER_EVENTS_MS: ms.default(250),
    DROPLOCK_PROVIDER_TASKS_MS: ms.default(1_000),
    /** Each payment has its own next poll; this is how often due ones are looked for. */
    DROPLOCK_PAYMENT_POLL_MS: ms.default(5_000),
    DROPLOCK_REFUNDS_MS: ms.default(1_000),
    DROPLOCK_REFUND_EXPIRY_MS: ms.default(60_000),
    /** How often it is checked that the provider may still serve this database: a real registry account may have been added. */
    DROPLOCK_PROVIDER_CHECK_MS: ms.default(10_000),
    /** In the test world only: the sandbox's registry at the simulator's control API, and how often drops are looked for. */
    DROPLOCK_SANDBOX_REGISTRY_URL: httpUrl.optional(),
    DROPLOCK_SANDBOX_DROPS_MS: ms.default(500),
    ...reconciliationSettings,
    ...dailyReconciliationSettings,
    /** After SIGTERM, running work may take this long to end. Milliseconds. */
    DROPLOCK_DRAIN_MS_MAX: ms.default(20_000),
  })
  .refine(hasWindow, noWindow)
  .refine((config) => config.DROPLOCK_SANDBOX_REGISTRY_URL === undefined || config.DATABASE_MODE === 'test', {
    path: ['DROPLOCK_SANDBOX_REGISTRY_URL'],
    message: 'is for DATABASE_MODE test alone',
  })
  .refine(hasMailSender, noMailSender)

export type Config = z.output<typeof schema>

/** The worker's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('worker', schema, environment)
}
