import { join } from 'node:path'
import { asService } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { simulatorEnv } from '../environment/registries.ts'
import { sandboxRegistry, sandboxWorkerEnv, seedSandbox } from '../environment/sandbox.ts'
import { type App, findApps } from './apps.ts'
import { type AssignedPort, requiredPort } from './assign-ports.ts'
import type { TestDatabase } from './config.ts'
import { controlOf, registryEnvironment } from './demo-environment.ts'
import type { LaunchedDatabase } from './launch-record.ts'
import type { Output } from './output.ts'
import { booksIn, paymentSandbox, sandboxEnvironment } from './sandboxes.ts'

// The test world beside a live one: a simulated registry, a worker, a catcher and a sandbox of payments on a database of their own.

const healthPorts: Readonly<Record<string, number>> = { worker: 8095, catcher: 8096 }

/** Its apps. The live world has neither a simulator nor a sandbox of payments; its worker and its catcher have the plain names. */
export function testWorldApps(appsFolder: string): readonly App[] {
  const found = findApps(appsFolder, ['gateway', 'console-api', 'marketplace'])
  const apps = found.map((app): App => {
    const first = healthPorts[app.name]
    if (first !== undefined)
      return { ...app, name: `test-${app.name}`, ports: app.ports.map((port) => ({ ...port, first })) }
    // The sandbox's registry alone.
    const ports = app.ports.map((port) => ('count' in port ? { ...port, count: 1 } : port))
    return { ...app, ports, env: {} }
  })
  return [paymentSandbox, ...apps].map((app) => ({ ...app, isOfTestWorld: true }))
}

/** Of the launcher's environment, what is meant for one world. */
const worldly = /^(DROPLOCK_|DATABASE_|OTHER_|STRIPE_|(GATEWAY|CONSOLE_API|WORKER|CATCHER)_DATABASE_URL$)/
/** What is the same in both: how much is logged, and the secrets by which the gateway serves both databases. */
const shared: ReadonlySet<string> = new Set([
  'DROPLOCK_LOG_LEVEL',
  'DROPLOCK_AUTH_CODE_SECRET',
  'DROPLOCK_WEBHOOK_SECRET_KEY',
  'DROPLOCK_WEBHOOK_LOOPBACK',
])

/** Hides every setting of the live world, above all its registries, databases and keys, from an app of the test world. */
export function hideLiveSettings(names: readonly string[]): Readonly<Record<string, undefined>> {
  const hidden = names.filter((name) => worldly.test(name) && !shared.has(name))
  return Object.fromEntries(hidden.map((name) => [name, undefined]))
}

/** The settings of the test world for the gateway, which serves both. */
export function otherVariables(
  { urls }: Pick<TestDatabase, 'urls'>,
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return {
    OTHER_DATABASE_URL: urls.gateway,
    OTHER_SANDBOX_URL: env['DROPLOCK_SANDBOX_URL'],
    OTHER_SANDBOX_API_KEY: env['DROPLOCK_SANDBOX_API_KEY'],
    OTHER_SANDBOX_WEBHOOK_SECRET: env['DROPLOCK_SANDBOX_WEBHOOK_SECRET'],
  }
}

/**
 * The database of the test world: migrated, and its sandbox defined once the ports are known. Throws `SeedRefused` where it has a real registry
 * account, and Refusal('seller_of_other_mode') where it sells for real.
 */
export async function openTestWorld(
  { url, urls, directUrl }: TestDatabase,
  { stateFolder, output }: { readonly stateFolder: string; readonly output: Output },
): Promise<NonNullable<LaunchedDatabase['test']>> {
  const applied = await migrate(url)
  if (applied.length > 0) output.say(`test world: applied ${applied.join(', ')}`)
  const folder = join(stateFolder, 'test-world')
  return {
    urls: { ...urls, console_api: urls.worker, marketplace: urls.worker },
    prepare: async (ports) => {
      const eppPort = requiredPort(ports, 'DROPLOCK_SIM_EPP_PORT')
      const db = openDatabase({ url, connectionsMax: 1, applicationName: 'droplock-seed' })
      try {
        await seedSandbox(asService({ db, newId }), eppPort)
      } finally {
        await db.destroy()
      }
      return {
        ...testEnvironment(ports, eppPort, folder),
        ...(directUrl !== undefined && { DATABASE_DIRECT_URL: directUrl }),
        ...sandboxEnvironment(ports, 'test', booksIn(folder, url)),
      }
    },
  }
}

function testEnvironment(
  ports: readonly AssignedPort[],
  eppPort: number,
  folder: string,
): Readonly<Record<string, string>> {
  const registries = [sandboxRegistry(eppPort)]
  const control = controlOf(ports)
  return {
    DATABASE_MODE: 'test',
    ...simulatorEnv(registries, folder),
    ...registryEnvironment(registries, { control, folder }),
    ...sandboxWorkerEnv(control),
  }
}
