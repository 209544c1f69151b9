import { paymentSettings } from '@droplock/settings/payments'
import { BadConfig, databaseUrl, type Environment, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { readEnvironment } from '../launch/launch-record.ts'

export const schema = z.object({
  /** With the right to do everything there, as a migration needs it. */
  DATABASE_URL: databaseUrl,
  DATABASE_MODE: paymentSettings.DATABASE_MODE,
})

export type AdminConfig = z.output<typeof schema>

/**
 * The settings from the environment; without DATABASE_URL, those of the `npm start` that runs in this checkout. Throws BadConfig.
 */
export function readConfig(
  environment: Environment,
  running: () => Environment | undefined = readEnvironment,
): AdminConfig {
  if (environment['DATABASE_URL'] !== undefined) return readSettings('admin', schema, environment)
  const started = running()
  if (started === undefined)
    throw new BadConfig('admin: set DATABASE_URL, or run `npm start` with its own database in this checkout')
  return readSettings('admin', schema, { ...started, ...environment })
}
