import { paymentSettings } from '@droplock/settings/payments'
import { BadConfig, type Environment, readSettings } from '@droplock/settings/read-settings'
import { reconciliationSettings } from '@droplock/settings/reconciliation'
import { databaseUrl } from '@droplock/settings/values'
import { z } from 'zod'
import { readEnvironment } from '../launch/running.ts'

export const schema = z.object({
  DATABASE_URL: databaseUrl,
  ...paymentSettings,
  ...reconciliationSettings,
})

export type ReconcileConfig = z.output<typeof schema>

/**
 * The settings from the environment; without DATABASE_URL, those of the `npm start` that runs in this checkout, and what the
 * environment says otherwise. Throws BadConfig.
 */
export function readConfig(
  environment: Environment,
  running: Environment | undefined = readEnvironment(),
): ReconcileConfig {
  if (environment['DATABASE_URL'] !== undefined) return readSettings('reconcile', schema, environment)
  if (running === undefined)
    throw new BadConfig('reconcile: set DATABASE_URL, or run `npm start` beside it: neither is there')
  return readSettings('reconcile', schema, { ...running, ...environment })
}
