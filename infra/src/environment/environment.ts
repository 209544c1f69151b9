import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import type { Output } from '../launch/output.ts'
import { makeRoles } from '../postgres/cluster.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import { type DemoReseller, seedDemo } from '../seed/seed-demo.ts'
import { type DemoStaff, seedStaff } from '../seed/seed-staff.ts'
import { type AppSpec, superviseApps } from './apps.ts'
import { host } from './registries.ts'
import {
  type AppName,
  type AppPlan,
  type DatabaseUrls,
  databaseSpecs,
  firstSpecs,
  httpPortOf,
  layOut,
  listFolder,
  type PlannedRegistry,
} from './specs.ts'

// One environment for everything that needs the whole service on one machine: the demos, the load tests, the screenshots and the
// tests of the console. `npm start` is none: its database stays, and its apps are restarted for ever.

export type EnvironmentPlan = {
  /** Names the temporary folder and the connections to the database. */
  readonly name: string
  /** Ports are taken of the hundred from here on: each kind of plan has its own, away from those of `npm start`. */
  readonly firstPort: number
  /** Seeded with resellers and staff, and simulated where the simulator is among the apps. */
  readonly registries: readonly PlannedRegistry[]
  readonly apps: AppPlan
  /** A migrated database. Without it one is started, and is gone afterwards. */
  readonly database?: Database
  /** Whether the started database syncs its commits to disk, as a real one does. */
  readonly durable?: boolean
}

/** Its owner's URL, a login for each app, and the owner's connections. */
export type Database = DatabaseUrls & { readonly url: string; readonly ctx: Context }

/** A database, the apps on it and simulated registries. Disposing of it leaves no process and no file. */
export type Environment = AsyncDisposable & {
  readonly ctx: Context
  readonly databaseUrl: string
  /** Everything temporary. */
  readonly folder: string
  readonly resellers: readonly DemoReseller[]
  readonly staff: readonly DemoStaff[]
  /** Where an app that runs answers by HTTP; of the simulator, its control API. */
  readonly urlOf: (app: AppName) => string
  /** The process of an app, for faults. Throws where it does not run. */
  readonly pidOf: (app: AppName) => number
  /** Kills an app, as a fault does; it is started again at once. Resolves when its process is gone. */
  readonly kill: (app: AppName) => Promise<void>
  /** Ends an app as a deploy does. Resolves when another process has its place. Throws where there is none, or none comes. */
  readonly replace: (app: AppName) => Promise<void>
  readonly sandbox: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string }
  /** Rejects when an app has failed too often. Never resolves. */
  readonly failed: Promise<never>
}

/** Starts an environment. Rejects when something does not start, or `stop` aborts; then nothing is left either. */
export async function startEnvironment(
  plan: EnvironmentPlan,
  output: Output,
  stop: AbortSignal,
): Promise<Environment> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), `droplock-${plan.name}-`))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const layout = await layOut(folder, plan.firstPort, plan.registries, plan.apps)
  cleanup.defer(() => layout.share.release())
  cleanup.use(layout.assignment)
  for (const { id } of layout.registries) mkdirSync(listFolder(folder, id), { recursive: true })

  const starting = plan.database ?? startDatabase(plan, cleanup)
  const apps = superviseApps(output, stop)
  // The apps end before the database: disposal goes backwards.
  cleanup.defer(() => apps.stop())
  const start = async (specs: readonly AppSpec[]) => {
    await Promise.all(specs.map(({ name }) => layout.assignment.release(name)))
    await apps.start(specs)
  }
  const [{ url, ctx, ...urls }] = await Promise.all([starting, start(firstSpecs(layout, plan.apps))])
  const isSeeded = layout.registries.length > 0
  const resellers = isSeeded ? await seedDemo(ctx, { registries: layout.registries, allowed: true }) : []
  const staff = isSeeded && 'console-api' in plan.apps ? await seedStaff(ctx, true) : []
  await start(databaseSpecs(layout, plan.apps, urls))

  const started = cleanup.move()
  return {
    ctx,
    databaseUrl: url,
    folder,
    resellers,
    staff,
    urlOf: (app) => `http://${host}:${httpPortOf(layout, app)}`,
    sandbox: {
      url: layout.payments['DROPLOCK_SANDBOX_URL'] ?? '',
      apiKey: layout.payments['DROPLOCK_SANDBOX_API_KEY'] ?? '',
      webhookSecret: layout.payments['DROPLOCK_SANDBOX_WEBHOOK_SECRET'] ?? '',
    },
    pidOf: apps.pidOf,
    kill: apps.kill,
    replace: apps.replace,
    failed: apps.failed,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

const CONNECTIONS_MAX = 10

/** A fresh database, migrated, with the roles of the apps. It is handed to `cleanup` before it is up. */
async function startDatabase(plan: EnvironmentPlan, cleanup: AsyncDisposableStack): Promise<Database> {
  const starting = startTemporaryPostgres({ durable: plan.durable ?? false })
  cleanup.defer(() =>
    starting.then(
      (postgres) => postgres.stop(),
      () => undefined,
    ),
  )
  const { url } = await starting
  await migrate(url)
  const urls = await makeRoles(url)
  const applicationName = `droplock-${plan.name}`
  const db = openDatabase({ url, connectionsMax: CONNECTIONS_MAX, applicationName })
  cleanup.defer(() => db.destroy())
  return { url, urls, ctx: { db, newId } }
}

/** An environment once it is filled. Rejects when that fails; then nothing is left of it. */
export async function filled(
  starting: Promise<Environment>,
  fill: (environment: Environment) => Promise<void>,
): Promise<Environment> {
  const environment = await starting
  try {
    await fill(environment)
    return environment
  } catch (error) {
    await environment[Symbol.asyncDispose]()
    throw error
  }
}
