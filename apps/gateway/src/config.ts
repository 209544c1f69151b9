import { serverSettings } from '@droplock/http/settings'
import { readSettings } from '@droplock/settings/read-settings'
import { databaseUrl, port } from '@droplock/settings/values'
import { z } from 'zod'

const Schema = z.object({
  ...serverSettings,
  PORT: port(8080),
  /** The mode of `DATABASE_URL`; keys of the other mode are refused unless it has a database too. Test unless said otherwise: a gateway must not spend real money because somebody forgot a word. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  OTHER_DATABASE_URL: databaseUrl.optional(),
})

export type Config = z.output<typeof Schema>

/** The gateway's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('gateway', Schema, environment)
}
