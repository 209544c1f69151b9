import { resolve } from 'node:path'
import { type Environment, readSettings } from '@droplock/settings/read-settings'
import { databaseUrl, json } from '@droplock/settings/values'
import { z } from 'zod'
import { stateFolder } from '../paths.ts'

export const schema = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: databaseUrl.optional(),
  /** Says of a server of yours that it is for demonstration: it gets the simulated registries and resellers. */
  DROPLOCK_DEMO: z.enum(['0', '1']).default('0'),
  /** The apps read it too; here it says where the sandbox provider tells what happens. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  /** The catcher reads it; here it says whether there is anything that a catcher could log in to. */
  DROPLOCK_EPP_CREDENTIALS: json(z.record(z.string(), z.unknown())).default({}),
  /** The worker reads it. */
  DROPLOCK_FEEDS: json(z.array(z.unknown())).default([]),
  /** Where a run leaves its files. */
  DROPLOCK_STATE_FOLDER: z.string().min(1).default(stateFolder),
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
  /** Whether there are registries, simulated or real ones with credentials. Without them no catcher is started. */
  readonly hasRegistries: boolean
  /** Whether lists come by themselves. */
  readonly hasFeeds: boolean
  readonly stateFolder: string
}

/** The launcher's own settings; everything else in the environment is the apps'. Throws BadConfig. */
export function readConfig(environment: Environment): LaunchConfig {
  const config = readSettings('droplock', schema, environment)
  const isDemo = config.DATABASE_URL === undefined || config.DROPLOCK_DEMO === '1'
  const mode = config.DATABASE_MODE
  const needsSandbox = (isDemo || mode === 'test') && config.DROPLOCK_SANDBOX_URL === undefined
  return {
    databaseUrl: config.DATABASE_URL,
    isDemo,
    mode,
    needsSandbox,
    hasRegistries: isDemo || Object.keys(config.DROPLOCK_EPP_CREDENTIALS).length > 0,
    hasFeeds: isDemo || config.DROPLOCK_FEEDS.length > 0,
    stateFolder: resolve(config.DROPLOCK_STATE_FOLDER),
  }
}
