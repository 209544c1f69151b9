import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AppRole, type AppUrls, appRoles } from '@droplock/core/database/app-roles'

/** A variable that gets the first free port from `first` on; `count` ports in a row are kept for it. */
export type PortNeed = {
  readonly variable: string
  readonly first: number
  readonly count?: number
  /** Only the app itself is given it: the variable has the same name in several apps. */
  readonly isPrivate?: boolean
  /** `/healthz` answers here while the app is well. */
  readonly isHealth?: boolean
}

export type App = {
  readonly name: string
  readonly main: string
  /** Those of a lower stage are up before a higher one starts, and are stopped after it. */
  readonly stage: number
  readonly ports: readonly PortNeed[]
  readonly env: Readonly<Record<string, string>>
  /** Of the test world beside a live one: it has that database, and no setting of the live world. */
  readonly isOfTestWorld?: boolean
}

type Needs = Partial<Pick<App, 'stage' | 'ports' | 'env'>>

/** Of an app that people and programs reach by HTTP. */
const server = (first: number): PortNeed => ({ variable: 'PORT', first, isPrivate: true, isHealth: true })

/** Beside a port that is public. */
const metrics = (first: number): PortNeed => ({ variable: 'DROPLOCK_METRICS_PORT', first, isPrivate: true })

/** Of an app without a public port: its health is checked there. */
const health = (first: number): PortNeed => ({
  variable: 'DROPLOCK_HEALTH_PORT',
  first,
  isPrivate: true,
  isHealth: true,
})

/** What the apps need beside the database; an app that is not listed needs nothing. */
const needs: Readonly<Record<string, Needs>> = {
  'registry-sim': {
    stage: 0,
    // Two registries and the sandbox's, one EPP port each.
    ports: [
      { variable: 'DROPLOCK_SIM_EPP_PORT', first: 7700, count: 3 },
      { variable: 'DROPLOCK_SIM_CONTROL_PORT', first: 7799, isHealth: true },
    ],
    env: { DROPLOCK_SIM_AUTO_NAMES: '1' },
  },
  gateway: { ports: [server(8080), metrics(8087)] },
  'console-api': { ports: [server(8081), metrics(8088)] },
  worker: { ports: [health(8085)] },
  catcher: { ports: [health(8086)] },
  marketplace: { ports: [server(8082), metrics(8089)] },
}

/** Everything that has a main and is not in `without`, in the order of the list above and then by name. */
export function findApps(appsFolder: string, without: readonly string[]): readonly App[] {
  const listed = Object.keys(needs)
  const rank = (name: string) => (listed.includes(name) ? listed.indexOf(name) : listed.length)
  return readdirSync(appsFolder)
    .filter((name) => !without.includes(name) && existsSync(join(appsFolder, name, 'src', 'main.ts')))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => ({
      name,
      main: join(appsFolder, name, 'src', 'main.ts'),
      stage: needs[name]?.stage ?? 1,
      ports: needs[name]?.ports ?? [],
      env: needs[name]?.env ?? {},
    }))
}

/** The variables for your own logins, one for each app. */
export const appUrlVariables = {
  gateway: 'GATEWAY_DATABASE_URL',
  console_api: 'CONSOLE_API_DATABASE_URL',
  worker: 'WORKER_DATABASE_URL',
  catcher: 'CATCHER_DATABASE_URL',
  marketplace: 'MARKETPLACE_DATABASE_URL',
} as const satisfies Record<AppRole, string>

/** Of the test world beside a live one. */
const otherUrlVariables = [
  'OTHER_GATEWAY_DATABASE_URL',
  'OTHER_WORKER_DATABASE_URL',
  'OTHER_CATCHER_DATABASE_URL',
]

/**
 * An app's settings of databases: its own login and no other, whatever the launcher's environment has. A variable without a value is
 * not passed on.
 */
export function databaseVariables(
  appName: string,
  urls: AppUrls,
): Readonly<Record<string, string | undefined>> {
  const role = appRoles.find((app) => app.replace('_', '-') === appName.replace(/^test-/, ''))
  const logins = [...Object.values(appUrlVariables), ...otherUrlVariables]
  const hidden = logins.map((variable) => [variable, undefined] as const)
  return {
    ...Object.fromEntries(hidden),
    // The gateway's own, of the other mode.
    ...(role !== 'gateway' && { OTHER_DATABASE_URL: undefined }),
    DATABASE_URL: role && urls[role],
  }
}
