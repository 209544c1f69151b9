import { fileURLToPath } from 'node:url'
import { metricsSettings, serverSettings } from '@droplock/http/settings'
import { paymentSettings } from '@droplock/settings/payments'
import { hasWindow, noWindow, publicationSettings } from '@droplock/settings/publication'
import { milliseconds, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'

export const schema = z
  .object({
    ...serverSettings,
    ...metricsSettings,
    PORT: port(8081),
    DATABASE_MODE: paymentSettings.DATABASE_MODE,
    /** The public URL of the console. With https the cookie is bound to this host and never sent unencrypted. */
    PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
    /** The folder of the built console. */
    CONSOLE_FOLDER: z
      .string()
      .min(1)
      .default(fileURLToPath(new URL('../../console/dist', import.meta.url))),
    /** All deletions of five days in all TLDs are some 100 MB as text. */
    UPLOAD_BYTES_MAX: z.coerce.number().int().min(1).max(4_294_967_296).default(536_870_912),
    /** Sending and staging a list ends within this. Milliseconds. */
    UPLOAD_MS_MAX: milliseconds().default(300_000),
    ...publicationSettings,
    /** How often the heartbeat of the workers is checked. */
    DROPLOCK_WATCH_WORKER_MS: milliseconds(10).default(1_000),
    /** An alarm is raised when no worker has written its heartbeat for this long. Milliseconds. */
    DROPLOCK_WORKER_SILENT_MS_MAX: milliseconds(10).default(10_000),
  })
  .refine(hasWindow, noWindow)

export type Config = z.output<typeof schema>

/** The settings of the operators' API from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('console-api', schema, environment)
}
