import { type Environment, readSettings } from '@droplock/settings/read-settings'
import { databaseUrl } from '@droplock/settings/values'
import { z } from 'zod'

const Schema = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: databaseUrl.optional(),
  /** Says of a server of yours that it is for demonstration: it gets the simulated registries and resellers. */
  DROPLOCK_DEMO: z.enum(['0', '1']).default('0'),
  /** The apps read it too; here it says where the sandbox provider tells what happens. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  /** A sandbox provider of yours: then none is started. */
  DROPLOCK_SANDBOX_URL: z.string().optional(),
})

export type LaunchConfig = {
  readonly databaseUrl: string | undefined
  /** Whether there is a simulated world. In an embedded database there is nothing else. */
  readonly isDemo: boolean
  readonly mode: 'live' | 'test'
  /** Whether play money is what is paid with here, and nothing takes it yet. */
  readonly needsSandbox: boolean
}

/** The launcher's own settings; everything else in the environment is the apps'. Throws BadConfig. */
export function readConfig(environment: Environment): LaunchConfig {
  const config = readSettings('droplock', Schema, environment)
  const isDemo = config.DATABASE_URL === undefined || config.DROPLOCK_DEMO === '1'
  const mode = config.DATABASE_MODE
  const needsSandbox = (isDemo || mode === 'test') && config.DROPLOCK_SANDBOX_URL === undefined
  return { databaseUrl: config.DATABASE_URL, isDemo, mode, needsSandbox }
}
