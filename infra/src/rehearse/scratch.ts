import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import type { DropDay } from '@droplock/core/order-of-service/read-drop-day'
import { type AppSpec, mainOf, superviseApps } from '../environment/apps.ts'
import { takeShare } from '../environment/specs.ts'
import type { Output } from '../launch/output.ts'
import { repositoryRoot } from '../paths.ts'
import { makeRoles } from '../postgres/cluster.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import { accountIdOf, defineScratch, requireScratchHosts } from './secure-names.ts'
import {
  HOST,
  hasDropHost,
  oursAt,
  PASSWORD,
  rivalsAt,
  SIMULATED_ID,
  type SimulatedRegistry,
  simulatedRegistry,
  simulatedRegistryAt,
} from './simulated.ts'

/** Away from the ports of `npm start`, the demos and the load tests. */
const FIRST_PORT = 19_300
const CONNECTIONS_MAX = 4

/** Rivals begin so long before the time that lists say, and go on so long after it. Milliseconds. */
const RIVALS_EARLY_MS = 60_000
const RIVALS_LATE_MS = 3_600_000

/** A database of its own and a simulated registry. Disposing of it leaves no process and no file. */
export type Scratch = AsyncDisposable & {
  readonly ctx: Context
  readonly registry: SimulatedRegistry
  /** Starts the real catcher with its default settings, for all our accounts. */
  readonly startCatcher: () => Promise<void>
  /** Rejects when a process has failed too often. Never resolves. */
  readonly failed: Promise<never>
}

type Plan = { readonly rivals: number; readonly seed: number }

/** Starts a scratch installation in which the registry of the day is simulated. Rejects when something does not start. */
export async function startScratch(
  day: DropDay,
  plan: Plan,
  output: Output,
  stop: AbortSignal,
): Promise<Scratch> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-rehearse-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const { ctx, catcherUrl } = await startDatabase(cleanup)
  const apps = superviseApps(output, stop)
  // The apps end before the database: disposal goes backwards.
  cleanup.defer(() => apps.stop())
  const { share, firstPort } = await takeShare(FIRST_PORT)
  cleanup.defer(() => share.release())
  const ports = { control: firstPort, epp: firstPort + 1, drop: firstPort + 2 }
  await defineScratch(ctx, day, ports)
  await apps.start([simulatorSpec(day, plan, ports, folder)])
  if (plan.rivals > 0) await apps.start([rivalsSpec(day, plan, ports, folder)])
  const started = cleanup.move()
  return {
    ctx,
    registry: simulatedRegistryAt(controlAt(ports)),
    startCatcher: async () => {
      // Once more, as what follows sends: to nobody but this machine.
      await requireScratchHosts(ctx)
      await apps.start([catcherSpec(day, catcherUrl, folder)])
    },
    failed: apps.failed,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

/** A fresh database with the roles of the apps, which is gone afterwards. */
async function startDatabase(cleanup: AsyncDisposableStack) {
  const postgres = await startTemporaryPostgres()
  cleanup.defer(() => postgres.stop())
  const { url } = postgres
  await migrate(url)
  const { catcher: catcherUrl } = await makeRoles(url)
  const db = openDatabase({ url, connectionsMax: CONNECTIONS_MAX, applicationName: 'droplock-rehearse' })
  cleanup.defer(() => db.destroy())
  return { ctx: { db, newId }, catcherUrl }
}

type Ports = { readonly control: number; readonly epp: number; readonly drop: number }

const controlAt = ({ control }: Ports) => `http://${HOST}:${control}`
const caFileIn = (folder: string) => join(folder, 'ca.pem')
const quiet = { DROPLOCK_LOG_LEVEL: 'warn' } as const

function simulatorSpec(day: DropDay, { rivals, seed }: Plan, ports: Ports, folder: string): AppSpec {
  const { control, epp, drop } = ports
  return {
    name: 'registry-sim',
    main: mainOf('registry-sim'),
    ports: [control, epp, ...(hasDropHost(day) ? [drop] : [])],
    env: {
      ...quiet,
      DROPLOCK_SIM_SEED: String(seed),
      DROPLOCK_SIM_CONTROL_PORT: String(control),
      DROPLOCK_SIM_TLS_FOLDER: folder,
      DROPLOCK_SIM_REGISTRIES: JSON.stringify([simulatedRegistry(day, ports, rivals)]),
    },
  }
}

/** Clients over the wire, as ours. */
function rivalsSpec(day: DropDay, { rivals, seed }: Plan, ports: Ports, folder: string): AppSpec {
  const port = hasDropHost(day) ? ports.drop : ports.epp
  return {
    name: 'rivals',
    main: join(repositoryRoot, 'apps/registry-sim/src/rivals/main.ts'),
    ports: [],
    env: {
      ...quiet,
      DROPLOCK_RIVAL_CONTROL: controlAt(ports),
      DROPLOCK_RIVAL_REGISTRY: SIMULATED_ID,
      DROPLOCK_RIVAL_CA_FILE: caFileIn(folder),
      DROPLOCK_RIVAL_PASSWORD: PASSWORD,
      DROPLOCK_RIVAL_SEED: String(seed),
      DROPLOCK_RIVAL_EARLY_MS: String(RIVALS_EARLY_MS),
      DROPLOCK_RIVAL_LATE_MS: String(RIVALS_LATE_MS),
      DROPLOCK_RIVALS: JSON.stringify(rivalsAt(rivals).map((clid) => ({ clid, port }))),
    },
  }
}

/** The real one, with its default settings. */
function catcherSpec(day: DropDay, url: string, folder: string): AppSpec {
  const credentials = oursAt(day).map((clid) => [
    accountIdOf(clid),
    { password: PASSWORD, caFile: caFileIn(folder) },
  ])
  return {
    name: 'catcher',
    main: mainOf('catcher'),
    ports: [],
    env: {
      ...quiet,
      DATABASE_URL: url,
      DROPLOCK_AUTH_CODE_SECRET: 'of a rehearsal so that everybody may know it',
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
    },
  }
}
