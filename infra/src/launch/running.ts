import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stateFolder } from '../paths.ts'
import type { LaunchedDatabase } from './launch.ts'

const placeIn = (folder: string) => join(folder, 'environment.json')
/** The database's password and the play keys are made by the launcher; still nobody else's business. */
const ownerOnly = 0o600

/**
 * Lets other commands of this checkout find what the launcher started: its environment is kept while it runs. Only beside an
 * embedded database: a password of yours is not written anywhere.
 */
export function keepEnvironment(
  database: LaunchedDatabase,
  isEmbedded: boolean,
  folder = stateFolder,
): LaunchedDatabase {
  if (!isEmbedded) return database
  const path = placeIn(folder)
  const prepare: LaunchedDatabase['prepare'] = async (ports) => {
    const env = await database.prepare(ports)
    mkdirSync(dirname(path), { recursive: true })
    // A file that is there keeps its mode when it is written.
    rmSync(path, { force: true })
    writeFileSync(path, `${JSON.stringify({ ...env, DATABASE_URL: database.url })}\n`, { mode: ownerOnly })
    return env
  }
  const stop = async () => {
    rmSync(path, { force: true })
    await database.stop()
  }
  return { ...database, prepare, stop }
}

/** The environment of the apps that `npm start` runs in this checkout, if it does or was killed. */
export function readEnvironment(folder = stateFolder): Readonly<Record<string, string>> | undefined {
  try {
    return JSON.parse(readFileSync(placeIn(folder), 'utf8'))
  } catch {
    return undefined
  }
}
