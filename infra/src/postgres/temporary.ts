import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from '../paths.ts'
import { claimedBy, isClaimed, isClaiming } from '../processes/claim.ts'
import { serverAt } from './pg-ctl.ts'
import { passwordFileOf } from './secure.ts'
import { placeFor, serverUser } from './server-user.ts'
import { type Postgres, type PostgresOptions, startPostgres, stopAndRelease } from './start.ts'

/** Far from 5432, where a developer's own server may be. */
const firstPort = 54_400

/** The folder of an installed PostgreSQL that all of them run instead of the embedded one, such as /usr/lib/postgresql/17. */
const elsewhere = process.env['DROPLOCK_POSTGRES']

/**
 * A server with a fresh data folder that is gone after `stop`. What killed runs left behind is swept away first. Not
 * durable but on request: tests have nothing to lose, a bench measures what is paid for safety too.
 */
export async function startTemporaryPostgres({
  durable = false,
  installed = elsewhere,
  port = firstPort,
}: Partial<Pick<PostgresOptions, 'durable' | 'installed' | 'port'>> = {}): Promise<Postgres> {
  const home = placeFor(join(stateFolder, 'temporary'), serverUser(stateFolder))
  mkdirSync(home, { recursive: true, mode: 0o755 })
  await sweep(home)
  const postgres = await startPostgres({ dataFolder: unusedName(home), port, durable, installed })
  const stop = async () => {
    await postgres.stop()
    remove(postgres.dataFolder)
  }
  return { ...postgres, stop }
}

/** The process id keeps two runs apart, the count two servers of one run. */
function unusedName(home: string): string {
  const mine = readdirSync(home).filter((name) => name.startsWith(`${process.pid}-`)).length
  return join(home, `${process.pid}-${mine}`)
}

/** Servers and folders whose process is dead. Those of runs under way are left alone. */
async function sweep(home: string): Promise<void> {
  const beside = /\.(new|password|password\.new)$/
  const names = readdirSync(home).filter((name) => !isClaiming(name))
  const folders = new Set(names.map((name) => claimedBy(join(home, name)).replace(beside, '')))
  for (const folder of folders) {
    if (isClaimed(folder)) continue
    await stopAndRelease(serverAt(folder))
    remove(folder)
  }
}

/** The data, an unfinished beginning of it, and its password. */
function remove(folder: string): void {
  const password = passwordFileOf(folder)
  for (const path of [folder, `${folder}.new`, password, `${password}.new`])
    rmSync(path, { recursive: true, force: true })
}
