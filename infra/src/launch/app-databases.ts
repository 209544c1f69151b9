import { type AppRole, type AppUrls, appRoles } from '@droplock/core/database/rights'

/** The variables by which the launcher is told of logins of yours, one for each app. */
export const appUrlVariables = {
  gateway: 'GATEWAY_DATABASE_URL',
  console_api: 'CONSOLE_API_DATABASE_URL',
  worker: 'WORKER_DATABASE_URL',
  catcher: 'CATCHER_DATABASE_URL',
} as const satisfies Record<AppRole, string>

/**
 * What an app is told of databases: its own login and nobody else's, whatever stands in the launcher's own environment. Without a
 * value a variable is not passed on.
 */
export function databaseVariables(
  appName: string,
  urls: AppUrls,
): Readonly<Record<string, string | undefined>> {
  const role = appRoles.find((app) => app.replace('_', '-') === appName)
  const hidden = Object.values(appUrlVariables).map((variable) => [variable, undefined] as const)
  return {
    ...Object.fromEntries(hidden),
    // The gateway's own, of the other mode.
    ...(role !== 'gateway' && { OTHER_DATABASE_URL: undefined }),
    DATABASE_URL: role && urls[role],
  }
}
