import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Apps, demoApps } from '../environment/apps.ts'
import { simulatorAt } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import { catchName } from './catch-name.ts'
import { appOrders, findPlaces, registryFile, registryOrder, urlOf } from './places.ts'
import { makeDatabase } from './postgres.ts'
import { adminOf, byNpm } from './run-admin-command.ts'
import { openTally, type Scene, type Tally } from './scene.ts'
import { setUp } from './set-up.ts'
import { shutOut } from './shut-out.ts'

/** The whole of it, on a busy machine. Milliseconds. */
const msMax = 115_000

/**
 * Sets an installation up on the PostgreSQL of `installed`, without it on the embedded one, runs it and takes it away. Whatever
 * goes wrong is a failure counted.
 */
export async function runInstallation(
  installed: string | undefined,
  output: Output,
  drain: AbortSignal,
): Promise<{ readonly passed: number; readonly failed: number }> {
  const tally = openTally(output)
  const stop = AbortSignal.any([drain, AbortSignal.timeout(msMax)])
  try {
    await perform(installed, output, tally, stop)
  } catch (error) {
    tally.check(`to the end (${error instanceof Error ? error.message : String(error)})`, false)
  }
  return tally.counts()
}

async function perform(
  installed: string | undefined,
  output: Output,
  tally: Tally,
  stop: AbortSignal,
): Promise<void> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-installation-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const places = await findPlaces(folder)
  const postgres = await startTemporaryPostgres({ installed })
  cleanup.defer(() => postgres.stop())
  const databaseUrl = await makeDatabase(postgres.url)
  const apps = demoApps(output, stop)
  cleanup.defer(() => apps.stop())
  const scene = { places, admin: adminOf(databaseUrl), npmAdmin: adminOf(databaseUrl, byNpm), tally, stop }
  await Promise.race([play(scene, apps), apps.failed])
}

async function play(scene: Scene, apps: Apps): Promise<void> {
  const { places } = scene
  const file = join(places.folder, 'registry.json')
  writeFileSync(file, JSON.stringify(registryFile(places)))
  const installation = await setUp(scene, file)
  await apps.start([registryOrder(places)])
  await apps.start(appOrders(places, installation.urls))
  await catchName(scene, installation, simulatorAt(urlOf(places.control)))
  await shutOut(scene, installation)
}
