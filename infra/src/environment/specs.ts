import { join } from 'node:path'
import { type AppRole, type AppUrls, ofEachApp } from '@droplock/core/database/rights'
import { paymentSandbox, sandboxEnvironment, sandboxPort } from '../launch/sandboxes.ts'
import { freePort } from '../processes/port.ts'
import { type AppSpec, mainOf } from './apps.ts'
import { catcherEnv, host, ourClid, type SimulatedRegistry, simulatorEnv } from './registries.ts'

/** What an environment can run; `payments` is the sandbox payment provider. */
const appNames = ['registry-sim', 'payments', 'gateway', 'console-api', 'worker', 'catcher'] as const
export type AppName = (typeof appNames)[number]

type Env = Readonly<Record<string, string>>

/** The apps that run, each with its settings beside those that every environment needs. */
export type AppPlan = Readonly<Partial<Record<AppName, Env>>>

/** A registry before it has a port. */
export type PlannedRegistry = Omit<SimulatedRegistry, 'host' | 'port' | 'clid'>

/** Where everything is. */
type Layout = {
  readonly folder: string
  readonly registries: readonly SimulatedRegistry[]
  readonly ports: Readonly<Record<AppName, number>>
  /** By which the apps and the sandbox payment provider know each other; empty without one. */
  readonly payments: Env
}

/** Where the worker looks for the drop lists of a registry. */
export const listFolder = (folder: string, registryId: string) => join(folder, 'lists', registryId)

/** Finds free ports from `firstPort` on. */
export async function layOut(
  folder: string,
  firstPort: number,
  registries: readonly PlannedRegistry[],
  apps: AppPlan,
): Promise<Layout> {
  const first = await freePort(firstPort, appNames.length + registries.length)
  const ports = {
    'registry-sim': first,
    payments: first + 1,
    gateway: first + 2,
    'console-api': first + 3,
    worker: first + 4,
    catcher: first + 5,
  }
  const assigned = [
    { app: 'gateway', variable: 'PORT', first, port: ports.gateway },
    { app: paymentSandbox.name, variable: sandboxPort, first, port: ports.payments },
  ]
  return {
    folder,
    ports,
    registries: registries.map((registry, index) => ({
      ...registry,
      host,
      clid: ourClid,
      port: first + appNames.length + index,
    })),
    payments: 'payments' in apps ? sandboxEnvironment(assigned, 'test', join(folder, 'books')) : {},
  }
}

/** Sweeps and looks are quick: what is due on a compressed clock is done at once. */
const workerEnv = {
  DROPLOCK_PUBLICATION: 'at_once',
  DROPLOCK_FEED_POLL_MS: '400',
  DROPLOCK_SWEEP_OPEN_MS: '200',
  DROPLOCK_SWEEP_CLOSE_MS: '100',
  DROPLOCK_SWEEP_UNSOLD_MS: '500',
  DROPLOCK_PROVIDER_EVENTS_MS: '100',
  DROPLOCK_REFUNDS_MS: '100',
}
const quickCatcherEnv = {
  DROPLOCK_REFRESH_MS: '100',
  DROPLOCK_PREPARE_LEAD_MS: '3000',
  // Less than the time from cut-off to drop, so that names are prepared before.
  DROPLOCK_FIRE_LEAD_MS: '400',
}
/** What comes late at the sandbox provider comes when a step says so. Milliseconds: a day. */
const sandboxEnv = { DROPLOCK_SANDBOX_LATER_MS: '86400000' }

/** The apps that need no database, and so start beside it. */
export function firstSpecs(layout: Layout, apps: AppPlan): readonly AppSpec[] {
  const { registries, folder, ports, payments } = layout
  const control = ports['registry-sim']
  return [
    ...specOf('registry-sim', apps, [control, ...registries.map(({ port }) => port)], {
      ...simulatorEnv(registries, folder),
      DROPLOCK_SIM_CONTROL_PORT: String(control),
    }),
    ...specOf('payments', apps, [ports.payments], {
      ...payments,
      ...sandboxEnv,
      [sandboxPort]: String(ports.payments),
    }),
  ]
}

/** The apps that work on the database, each with its own login. */
export function databaseSpecs(layout: Layout, apps: AppPlan, urls: AppUrls): readonly AppSpec[] {
  const { registries, folder, ports, payments } = layout
  const env = ofEachApp((role: AppRole) => ({ DATABASE_URL: urls[role], DROPLOCK_LOG_LEVEL: 'warn' }))
  const feeds = registries.map(({ id }) => ({
    registryId: id,
    path: listFolder(folder, id),
    // A list says nothing about names that it does not have.
    scope: 'increment',
  }))
  return [
    ...specOf('gateway', apps, [ports.gateway], {
      ...env.gateway,
      ...payments,
      PORT: String(ports.gateway),
    }),
    ...specOf('console-api', apps, [ports['console-api']], {
      ...env.console_api,
      PORT: String(ports['console-api']),
    }),
    ...specOf('worker', apps, [], {
      ...env.worker,
      ...payments,
      ...workerEnv,
      DROPLOCK_FEEDS: JSON.stringify(feeds),
    }),
    ...specOf('catcher', apps, [], {
      ...env.catcher,
      ...quickCatcherEnv,
      ...catcherEnv(registries, folder),
    }),
  ]
}

/** The process of an app, if it is to run. */
function specOf(name: AppName, apps: AppPlan, ports: readonly number[], env: Env): readonly AppSpec[] {
  const settings = apps[name]
  if (settings === undefined) return []
  const main = name === 'payments' ? paymentSandbox.main : mainOf(name)
  return [{ name, main, ports, env: { ...env, ...settings } }]
}
