import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from '../paths.ts'
import type { LaunchedDatabase } from './launch.ts'

const place = join(stateFolder, 'environment.json')
/** The keys in it are play keys, made anew for each launch; still nobody else's business. */
const ownerOnly = 0o600

/**
 * Lets other commands of this checkout find what the launcher started: its environment is kept while it runs. Only beside an
 * embedded database: a password of yours is not written anywhere.
 */
export function keepEnvironment(database: LaunchedDatabase, path = place): LaunchedDatabase {
  if (database.env['DROPLOCK_EMBEDDED'] !== '1') return database
  const environment = { ...database.env, DATABASE_URL: database.url }
  mkdirSync(stateFolder, { recursive: true })
  writeFileSync(path, `${JSON.stringify(environment)}\n`, { mode: ownerOnly })
  const stop = async () => {
    rmSync(path, { force: true })
    await database.stop()
  }
  return { ...database, stop }
}

/** The environment of the apps that `npm start` runs in this checkout, if it does or was killed. */
export function readEnvironment(path = place): Readonly<Record<string, string>> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
