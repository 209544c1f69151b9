import { resolve } from 'node:path'
import type { AppUrls } from '@droplock/core/database/app-roles'
import { authCodeSettings } from '@droplock/settings/auth-codes'
import { BadConfig, databaseUrl, type Environment, json, readSettings } from '@droplock/settings/values'
import { webhookSettings } from '@droplock/settings/webhooks'
import { z } from 'zod'
import { stateFolder } from '../paths.ts'
import { appUrlVariables } from './apps.ts'

export const schema = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: databaseUrl.optional(),
  /** Logins of yours for the apps, as `npm run admin -- roles` makes them. Without them all apps use DATABASE_URL. */
  GATEWAY_DATABASE_URL: databaseUrl.optional(),
  CONSOLE_API_DATABASE_URL: databaseUrl.optional(),
  WORKER_DATABASE_URL: databaseUrl.optional(),
  CATCHER_DATABASE_URL: databaseUrl.optional(),
  MARKETPLACE_DATABASE_URL: databaseUrl.optional(),
  /**
   * Beside a live DATABASE_URL: the database in which the test world runs, with the sandbox. The gateway serves both. And logins of yours in
   * it; without them its apps use OTHER_DATABASE_URL.
   */
  OTHER_DATABASE_URL: databaseUrl.optional(),
  OTHER_DATABASE_DIRECT_URL: databaseUrl.optional(),
  OTHER_GATEWAY_DATABASE_URL: databaseUrl.optional(),
  OTHER_WORKER_DATABASE_URL: databaseUrl.optional(),
  OTHER_CATCHER_DATABASE_URL: databaseUrl.optional(),
  /** Your server is for demonstration: it gets the simulated registries and resellers. */
  DROPLOCK_DEMO: z.enum(['0', '1']).default('0'),
  /** The apps read it too; here it says to which path the sandbox provider sends its events. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  /** The catcher reads it; here it says whether there is anything that a catcher could log in to. */
  DROPLOCK_EPP_CREDENTIALS: json(z.record(z.string(), z.unknown())).default({}),
  /** The worker reads it. */
  DROPLOCK_FEEDS: json(z.array(z.unknown())).default([]),
  /** Where a run leaves its files. */
  DROPLOCK_STATE_FOLDER: z.string().min(1).default(stateFolder),
  /** A sandbox provider of yours: then none is started. */
  DROPLOCK_SANDBOX_URL: z.string().optional(),
  /** The gateway and the catcher read it. Without one it is made and kept in the state folder. */
  ...authCodeSettings,
  /** The gateway and the worker read them. Without a key one is made and kept in the state folder. */
  ...webhookSettings,
  /** console-api reads it. Without a key one is made and kept in the state folder. */
  DROPLOCK_STAFF_SECRET_KEY: z.string().optional(),
  /** A mail server of yours: then no outbox is started. */
  DROPLOCK_SMTP_URL: z.string().optional(),
})

/** A test database beside the live one, as its owner and by the logins of the apps that use it. */
export type TestDatabase = {
  readonly url: string
  readonly urls: Pick<AppUrls, 'gateway' | 'worker' | 'catcher'>
  /** The server itself, where the others lead to a pooler. */
  readonly directUrl: string | undefined
}

export type LaunchConfig = {
  readonly databaseUrl: string | undefined
  /** A login of each app in it, if they are given. */
  readonly appUrls: AppUrls | undefined
  /** Whether registries are simulated. With the embedded database they always are. */
  readonly isDemo: boolean
  readonly mode: 'live' | 'test'
  /** Where a test world runs beside the live one. */
  readonly test: TestDatabase | undefined
  /** Whether payments are made with play money here and no sandbox provider is given. */
  readonly needsSandbox: boolean
  /** Whether mails end in an outbox here. */
  readonly needsOutbox: boolean
  /** Whether there are registries, simulated or real ones with credentials. Without them no catcher is started. */
  readonly hasRegistries: boolean
  /** Whether lists come by themselves. */
  readonly hasFeeds: boolean
  readonly stateFolder: string
  readonly authCodeSecret: string | undefined
  readonly webhookSecretKey: string | undefined
  readonly staffSecretKey: string | undefined
}

/** The launcher's own settings; everything else in the environment is the apps'. Throws BadConfig. */
export function readConfig(environment: Environment): LaunchConfig {
  const config = readSettings('droplock', schema, environment)
  const isDemo = config.DATABASE_URL === undefined || config.DROPLOCK_DEMO === '1'
  const mode = config.DATABASE_MODE
  const needsSandbox = (isDemo || mode === 'test') && config.DROPLOCK_SANDBOX_URL === undefined
  return {
    databaseUrl: config.DATABASE_URL,
    appUrls: appUrlsOf(config),
    isDemo,
    mode,
    test: isDemo || mode === 'test' ? undefined : testDatabaseOf(config),
    needsSandbox,
    needsOutbox: isDemo && config.DROPLOCK_SMTP_URL === undefined,
    hasRegistries: isDemo || Object.keys(config.DROPLOCK_EPP_CREDENTIALS).length > 0,
    hasFeeds: isDemo || config.DROPLOCK_FEEDS.length > 0,
    stateFolder: resolve(config.DROPLOCK_STATE_FOLDER),
    authCodeSecret: config.DROPLOCK_AUTH_CODE_SECRET?.join(','),
    webhookSecretKey: config.DROPLOCK_WEBHOOK_SECRET_KEY?.join(','),
    staffSecretKey: config.DROPLOCK_STAFF_SECRET_KEY,
  }
}

/** All of them or none: otherwise an app would have the owner's rights unnoticed. */
function appUrlsOf(config: z.output<typeof schema>): AppUrls | undefined {
  const {
    GATEWAY_DATABASE_URL: gateway,
    CONSOLE_API_DATABASE_URL: console_api,
    WORKER_DATABASE_URL: worker,
    CATCHER_DATABASE_URL: catcher,
    MARKETPLACE_DATABASE_URL: marketplace,
    DATABASE_URL: owner,
  } = config
  if (gateway && console_api && worker && catcher && marketplace && owner)
    return { gateway, console_api, worker, catcher, marketplace }
  if (!(gateway || console_api || worker || catcher || marketplace)) return undefined
  const names = Object.values(appUrlVariables).join(', ')
  throw new BadConfig(`droplock: ${names}: give all of them beside DATABASE_URL, or none`)
}

/** All three logins or none. Throws BadConfig, also where it is the live database. */
function testDatabaseOf(config: z.output<typeof schema>): TestDatabase | undefined {
  const {
    OTHER_DATABASE_URL: url,
    OTHER_GATEWAY_DATABASE_URL: gateway,
    OTHER_WORKER_DATABASE_URL: worker,
    OTHER_CATCHER_DATABASE_URL: catcher,
    OTHER_DATABASE_DIRECT_URL: directUrl,
  } = config
  const names = 'OTHER_GATEWAY_DATABASE_URL, OTHER_WORKER_DATABASE_URL, OTHER_CATCHER_DATABASE_URL'
  const hasAll = gateway !== undefined && worker !== undefined && catcher !== undefined
  const hasNone = gateway === undefined && worker === undefined && catcher === undefined
  if ((!hasAll && !hasNone) || (url === undefined && !hasNone))
    throw new BadConfig(`droplock: ${names}: give all of them beside OTHER_DATABASE_URL, or none`)
  if (url === undefined) return undefined
  const given = [config.DATABASE_URL, ...Object.values(appUrlVariables).map((name) => config[name])]
  const live = new Set(given.flatMap(placeOf))
  if ([url, gateway, worker, catcher].flatMap(placeOf).some((place) => live.has(place)))
    throw new BadConfig(
      'droplock: OTHER_DATABASE_URL: is the live database; the test world needs one of its own',
    )
  const urls = hasAll ? { gateway, worker, catcher } : { gateway: url, worker: url, catcher: url }
  return { url, urls, directUrl }
}

/** Which database a URL is of, whoever the login is. */
function placeOf(url: string | undefined): readonly string[] {
  if (url === undefined) return []
  const { hostname, port, pathname } = new URL(url)
  return [`${hostname}:${port === '' ? '5432' : port}${pathname}`]
}
