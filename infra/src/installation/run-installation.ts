import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Apps, superviseApps } from '../environment/apps.ts'
import { simulatorAt } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import { catchName } from './catch-name.ts'
import { appSpecs, findPlaces, registryFile, registrySpec, urlOf } from './places.ts'
import { makeDatabase, restoreElsewhere } from './postgres.ts'
import { installPrevious } from './previous-release.ts'
import { type MadeByKeys, makeByKeys, restoreBackup } from './restore-backup.ts'
import { revokeAccess } from './revoke-access.ts'
import { type Counts, openTally, type Run, type Tally } from './run.ts'
import { adminOf, byNpm } from './run-admin-command.ts'
import { type Installation, setUp } from './set-up.ts'
import { updateRelease } from './update-release.ts'

/** Of the first installation: its login, its database and the prefix of its apps' logins. */
const login = 'installation'

/** The whole of it, on a busy machine. Milliseconds. */
const msMax = 600_000

/**
 * Sets an installation up on the PostgreSQL of `installed`, without it on the embedded one, runs it and takes it away. Whatever
 * goes wrong is a failure counted.
 */
export async function runInstallation(
  installed: string | undefined,
  output: Output,
  drain: AbortSignal,
): Promise<Counts> {
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
  const databaseUrl = await makeDatabase(postgres.url, login)
  const registry = superviseApps(output, stop)
  cleanup.defer(() => registry.stop())
  const apps = superviseApps(output, stop)
  cleanup.defer(() => apps.stop())
  const run = { places, admin: adminOf(databaseUrl), npmAdmin: adminOf(databaseUrl, byNpm), tally, stop }
  const file = join(places.folder, 'registry.json')
  writeFileSync(file, JSON.stringify(registryFile(places)))
  const installation = await setUp(run, file, login)
  await registry.start([registrySpec(places)])
  await using made = await Promise.race([runSteps(run, apps, installation), apps.failed, registry.failed])
  await apps.stop()
  const restored = await restoreElsewhere(postgres.url, databaseUrl)
  await restoreBackup({ run, installation, made, databaseUrl: restored, output })
  await registry.stop()
  await update(postgres.url, output, tally, stop)
}

/** The history may not be here: then nothing is updated, and it is said. */
async function update(superuserUrl: string, output: Output, tally: Tally, stop: AbortSignal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-update-'))
  try {
    const previous = await installPrevious(folder, stop)
    if (previous === undefined) tally.skip('the update, as the history of the previous release is not here')
    else await updateRelease({ previous, superuserUrl, folder, output, tally, stop })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runSteps(run: Run, apps: Apps, installation: Installation): Promise<MadeByKeys> {
  const { places } = run
  await apps.start(appSpecs(places, installation.urls))
  await catchName(run, installation, simulatorAt(urlOf(places.control)))
  const made = await makeByKeys(run, installation)
  await revokeAccess(run, installation)
  return made
}
