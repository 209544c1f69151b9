import { type Environment, readSettings } from '@droplock/settings/read-settings'
import { databaseUrl } from '@droplock/settings/values'
import { z } from 'zod'

const Schema = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: databaseUrl.optional(),
  /** Says of a server of yours that it is for demonstration: it gets the simulated registries and resellers. */
  DROPLOCK_DEMO: z.enum(['0', '1']).default('0'),
})

export type LaunchConfig = {
  readonly databaseUrl: string | undefined
  /** Whether there is a simulated world. In an embedded database there is nothing else. */
  readonly isDemo: boolean
}

/** The launcher's own settings; everything else in the environment is the apps'. Throws BadConfig. */
export function readConfig(environment: Environment): LaunchConfig {
  const { DATABASE_URL, DROPLOCK_DEMO } = readSettings('droplock', Schema, environment)
  return { databaseUrl: DATABASE_URL, isDemo: DATABASE_URL === undefined || DROPLOCK_DEMO === '1' }
}
