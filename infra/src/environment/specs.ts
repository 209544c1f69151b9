import { join } from 'node:path'
import { type AppRole, type AppUrls, ofEachApp } from '@droplock/core/database/app-roles'
import type { PortNeed } from '../launch/apps.ts'
import { type Assignment, assignPorts, portOf } from '../launch/assign-ports.ts'
import {
  mailOutbox,
  outboxEnvironment,
  pagesEnvironment,
  paymentSandbox,
  sandboxEnvironment,
  sandboxPort,
} from '../launch/sandboxes.ts'
import { type HeldPorts, holdPorts } from '../processes/port.ts'
import { type AppSpec, mainOf } from './apps.ts'
import { catcherEnv, dropListAt, host, ourClid, type SimulatedRegistry, simulatorEnv } from './registries.ts'

/**
 * What an environment can run; `payments` is the sandbox payment provider, and `mail` the mail outbox. What ends in `-2` is a second process of
 * the same app.
 */
const appNames = [
  'registry-sim',
  'payments',
  'mail',
  'gateway',
  'console-api',
  'marketplace',
  'worker',
  'catcher',
  'gateway-2',
  'worker-2',
  'catcher-2',
] as const
export type AppName = (typeof appNames)[number]

type Env = Readonly<Record<string, string>>

/** The apps that run, each with its settings beside those that every environment needs. */
export type AppPlan = Readonly<Partial<Record<AppName, Env>>>

/** A registry before it has a port. */
export type PlannedRegistry = Omit<SimulatedRegistry, 'host' | 'port' | 'clid'>

/** Where everything is. Ports are held until their app is released to start; their share of the plan's hundred as long as the apps run. */
export type Layout = {
  readonly folder: string
  readonly registries: readonly SimulatedRegistry[]
  readonly assignment: Assignment
  readonly share: HeldPorts
  /** By which the apps and the sandbox payment provider know each other; empty without one. */
  readonly payments: Env
  /** By which the apps send mail; empty without the outbox. */
  readonly mail: Env
  /** By which the marketplace finds the gateway, and where it is opened itself; empty without both. */
  readonly pages: Env
}

/** Where the worker looks for the drop lists of a registry that has no names of its own. */
export const listFolder = (folder: string, registryId: string) => join(folder, 'lists', registryId)

const CONTROL_PORT = 'DROPLOCK_SIM_CONTROL_PORT'
/**
 * Environments that run at the same moment have different shares of a plan's hundred ports, so that none takes a port that another one
 * has released for its app to listen on. Who listens on the n-th port of the hundred has the n-th ten of them after the first.
 */
const PORT_SHARES = 9
const PORTS_OF_SHARE = 10

/** Takes a share of the hundred ports from `lowestPort` on, until it is released. Throws where all are taken. */
export async function takeShare(
  lowestPort: number,
): Promise<{ readonly share: HeldPorts; readonly firstPort: number }> {
  const share = await holdPorts(lowestPort)
  const index = share.port - lowestPort
  if (index < PORT_SHARES) return { share, firstPort: lowestPort + (index + 1) * PORTS_OF_SHARE }
  await share.release()
  throw new Error(`${PORT_SHARES} environments have all ports from ${lowestPort} on`)
}

/** Takes free ports of the hundred from `lowestPort` on for the apps that run. */
export async function layOut(
  folder: string,
  lowestPort: number,
  planned: readonly PlannedRegistry[],
  apps: AppPlan,
): Promise<Layout> {
  const { share, firstPort } = await takeShare(lowestPort)
  const epp = { variable: 'DROPLOCK_SIM_EPP_PORT', first: firstPort, count: planned.length }
  const needs: Readonly<Record<AppName, readonly PortNeed[]>> = {
    'registry-sim': [epp, { variable: CONTROL_PORT, first: firstPort }],
    payments: [{ variable: sandboxPort, first: firstPort }],
    mail: mailOutbox.ports.toReversed().map(({ variable }) => ({ variable, first: firstPort })),
    gateway: [{ variable: 'PORT', first: firstPort }],
    marketplace: [{ variable: 'PORT', first: firstPort }],
    'console-api': [{ variable: 'PORT', first: firstPort }],
    worker: [],
    catcher: [],
    'gateway-2': [{ variable: 'PORT', first: firstPort }],
    'worker-2': [],
    'catcher-2': [],
  }
  const running = appNames.filter((name) => name in apps)
  const assignment = await assignPorts(running.map((name) => ({ name, ports: needs[name] }))).catch(
    async (error: unknown) => {
      await share.release()
      throw error
    },
  )
  // Without the simulator the registries are seeded, and nobody answers there.
  const firstEpp = portOf(assignment.ports, epp.variable) ?? firstPort
  const registries = planned.map((registry, index) => ({
    ...registry,
    host,
    clid: ourClid,
    port: firstEpp + index,
  }))
  const payments = sandboxEnvironment(assignment.ports, 'test', join(folder, 'books'))
  const mail = outboxEnvironment(assignment.ports)
  return { folder, registries, assignment, share, payments, mail, pages: pagesEnvironment(assignment.ports) }
}

/** The port where an app answers by HTTP. Throws where the app does not run. */
export function httpPortOf({ assignment }: Layout, app: AppName): number {
  const port = assignment.ports.find(
    (assigned) => assigned.app === app && assigned.variable !== 'DROPLOCK_SIM_EPP_PORT',
  )?.port
  if (port === undefined) throw new Error(`${app} does not run in this environment`)
  return port
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
  DROPLOCK_CONTACTS_MS: '1000',
  DROPLOCK_MAIL_GATHER_MS: '500',
  DROPLOCK_MAIL_PAUSE_MS: '1000',
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
  const { registries, folder, payments } = layout
  const epp = registries.map(({ port }) => port)
  return [
    ...specOf('registry-sim', layout, apps, CONTROL_PORT, simulatorEnv(registries, folder), epp),
    ...specOf('payments', layout, apps, sandboxPort, { ...payments, ...sandboxEnv }),
    ...mailSpec(layout, apps),
  ]
}

export type DatabaseUrls = {
  readonly urls: AppUrls
  /** Past a pooler, where `urls` lead to one. */
  readonly directUrls?: AppUrls
  /** To a standby. */
  readonly replicaUrls?: AppUrls
}

/** The apps that work on the database, each with its own login. */
export function databaseSpecs(
  layout: Layout,
  apps: AppPlan,
  { urls, directUrls, replicaUrls }: DatabaseUrls,
): readonly AppSpec[] {
  const { registries, folder, payments, mail, pages } = layout
  const env = ofEachApp((role: AppRole) => ({
    DATABASE_URL: urls[role],
    ...(directUrls && { DATABASE_DIRECT_URL: directUrls[role] }),
    DROPLOCK_LOG_LEVEL: 'warn',
  }))
  const codes = { DROPLOCK_AUTH_CODE_SECRET: 'of a demonstration so that everybody may know it' }
  const staff = { DROPLOCK_STAFF_SECRET_KEY: 'of a demonstration as well so that everybody may know it' }
  const webhooks = {
    DROPLOCK_WEBHOOK_SECRET_KEY: 'of a demonstration too so that everybody may know it',
    DROPLOCK_WEBHOOK_LOOPBACK: 'on',
  }
  const feeds = registries.map(({ id, autoNames }) =>
    autoNames === undefined
      ? // A list says nothing about names that it does not have.
        { registryId: id, path: listFolder(folder, id), scope: 'increment' }
      : { registryId: id, url: dropListAt(`http://${host}:${httpPortOf(layout, 'registry-sim')}`, id) },
  )
  const worker = {
    ...env.worker,
    ...webhooks,
    ...payments,
    ...mail,
    ...pages,
    ...workerEnv,
    DROPLOCK_FEEDS: JSON.stringify(feeds),
  }
  const catcher = { ...env.catcher, ...codes, ...quickCatcherEnv, ...catcherEnv(registries, folder) }
  const gateway = {
    ...env.gateway,
    ...(replicaUrls && { DATABASE_REPLICA_URL: replicaUrls.gateway }),
    ...codes,
    ...webhooks,
    ...payments,
    DROPLOCK_PUBLICATION: workerEnv.DROPLOCK_PUBLICATION,
  }
  return [
    ...specOf('gateway', layout, apps, 'PORT', gateway),
    ...specOf('gateway-2', layout, apps, 'PORT', gateway),
    ...specOf('console-api', layout, apps, 'PORT', {
      ...env.console_api,
      ...staff,
      ...originOf(layout, apps),
    }),
    ...specOf('marketplace', layout, apps, 'PORT', {
      ...env.marketplace,
      ...mail,
      ...pages,
      DROPLOCK_MARKETPLACE_SECRET: 'of a demonstration like the others so that everybody may know it',
    }),
    ...specOf('worker', layout, apps, undefined, worker),
    ...specOf('worker-2', layout, apps, undefined, worker),
    ...specOf('catcher', layout, apps, undefined, catcher),
    ...specOf('catcher-2', layout, apps, undefined, {
      ...catcher,
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal-2'),
    }),
  ]
}

/** Where the console is opened, if it runs: an identity provider sends people back there. */
function originOf(layout: Layout, apps: AppPlan): Env {
  if (!('console-api' in apps)) return {}
  return { PUBLIC_ORIGIN: `http://${host}:${httpPortOf(layout, 'console-api')}` }
}

function mailSpec({ assignment }: Layout, apps: AppPlan): readonly AppSpec[] {
  if (apps.mail === undefined) return []
  const ports = assignment.ports.filter(({ app }) => app === 'mail')
  const env = Object.fromEntries(ports.map(({ variable, port }) => [variable, String(port)]))
  return [{ name: 'mail', main: mailOutbox.main, ports: ports.map(({ port }) => port), env }]
}

/** The process of an app, if it is to run. Its port is in `variable`; it listens on `others` too. */
function specOf(
  name: AppName,
  layout: Layout,
  apps: AppPlan,
  variable: string | undefined,
  env: Env,
  others: readonly number[] = [],
): readonly AppSpec[] {
  const settings = apps[name]
  if (settings === undefined) return []
  const main = name === 'payments' ? paymentSandbox.main : mainOf(name.replace(/-2$/, ''))
  if (variable === undefined) return [{ name, main, ports: others, env: { ...env, ...settings } }]
  const port = httpPortOf(layout, name)
  return [{ name, main, ports: [port, ...others], env: { ...env, [variable]: String(port), ...settings } }]
}
