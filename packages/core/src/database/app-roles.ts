/** The apps that have a database: each has a role of its own. Named as PostgreSQL takes them without quotes. */
export const appRoles = ['gateway', 'console_api', 'worker', 'catcher', 'marketplace'] as const
export type AppRole = (typeof appRoles)[number]

/** The database as each app has it: by the login of its role. */
export type AppUrls = Readonly<Record<AppRole, string>>

export function ofEachApp<Value>(make: (app: AppRole) => Value): Readonly<Record<AppRole, Value>> {
  return {
    gateway: make('gateway'),
    console_api: make('console_api'),
    worker: make('worker'),
    catcher: make('catcher'),
    marketplace: make('marketplace'),
  }
}
