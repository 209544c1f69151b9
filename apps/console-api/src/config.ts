import { fileURLToPath } from 'node:url'
import { milliseconds, port, readSettings, serverSettings } from '@droplock/http/settings'
import { z } from 'zod'

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be HH:MM or HH:MM:SS')

const Schema = z
  .object({
    ...serverSettings,
    PORT: port(8081),
    /** Where people open the console. With https the cookie is bound to this host and never sent in the clear. */
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
    /** New listings open for orders in this daily window (rule 5), or at once; as the worker has it. */
    DROPLOCK_PUBLICATION: z.enum(['daily', 'at_once']).default('daily'),
    DROPLOCK_PUBLICATION_FROM: localTime.default('09:30'),
    DROPLOCK_PUBLICATION_TO: localTime.default('10:00'),
    DROPLOCK_SERVICE_TIME_ZONE: z.string().refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
  })
  .refine((config) => config.DROPLOCK_PUBLICATION_FROM <= config.DROPLOCK_PUBLICATION_TO, {
    path: ['DROPLOCK_PUBLICATION_TO'],
    message: 'is before DROPLOCK_PUBLICATION_FROM',
  })

export type Config = z.output<typeof Schema>

/** The settings of the operators' API from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('console-api', Schema, environment)
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
