import { fileURLToPath } from 'node:url'
import { metricsSettings, serverSettings } from '@droplock/http/settings'
import { keyList } from '@droplock/settings/keys'
import { hasMailSender, mailSettings, noMailSender } from '@droplock/settings/mail'
import { paymentSettings } from '@droplock/settings/payments'
import { httpUrl, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'

export const schema = z
  .object({
    ...serverSettings,
    ...metricsSettings,
    PORT: port(8082),
    DATABASE_MODE: paymentSettings.DATABASE_MODE,
    /** The public URL of the pages. With https the cookie is bound to this host and never sent unencrypted. */
    MARKETPLACE_ORIGIN: httpUrl,
    /** The gateway, as this server reaches it. */
    GATEWAY_URL: httpUrl,
    /** The folder of the built pages. */
    MARKETPLACE_FOLDER: z
      .string()
      .min(1)
      .default(fileURLToPath(new URL('../dist', import.meta.url))),
    /** Signs the cookies of sessions, and the keys of sessions are derived from it. */
    DROPLOCK_MARKETPLACE_SECRET: keyList,
    /** Stripe's publishable key; without it cards are paid at the `pay_url` of a payment. */
    STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
    /** Requests without a session from one IPv4 address or one IPv6 /64: at once, and again in each second. A file counts as 50. */
    VISITOR_BURST_MAX: z.coerce.number().int().min(50).max(1_000_000).default(300),
    VISITOR_PER_SECOND_MAX: z.coerce.number().int().min(1).max(1_000_000).default(30),
    /** Where customers write to; the pages show it. */
    DROPLOCK_SUPPORT_MAIL: z.email().optional(),
    ...mailSettings,
  })
  .refine(hasMailSender, noMailSender)

export type Config = z.output<typeof schema>

/** The settings of the marketplace from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('marketplace', schema, environment)
}
