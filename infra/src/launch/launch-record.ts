import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AppUrls } from '@droplock/core/database/app-roles'
import { stateFolder } from '../paths.ts'
import { endProcess, identityOf } from '../processes/identity.ts'
import type { AssignedPort } from './assign-ports.ts'

type Recorded = { readonly name: string; readonly pid: number; readonly since: string }

/** The apps that run, on disk, so that the next launcher finds those of one that was killed. */
export type RunRecord = {
  readonly started: (name: string, pid: number) => void
  readonly ended: (pid: number) => void
}

export function makeRunRecord(path: string): RunRecord {
  const running = new Map<number, Recorded>()
  const save = () => {
    if (running.size === 0) rmSync(path, { force: true })
    else writeFileSync(path, `${JSON.stringify([...running.values()])}\n`)
  }
  const started = (name: string, pid: number) => {
    const since = identityOf(pid)?.since
    if (since === undefined) return
    running.set(pid, { name, pid, since })
    save()
  }
  const ended = (pid: number) => {
    running.delete(pid)
    save()
  }
  return { started, ended }
}

/** Ends the apps of a launcher that was killed, and gives their names. Nothing else is touched: a pid must be the same process. */
export async function endOrphans(path: string, drainMsMax: number): Promise<readonly string[]> {
  let orphans: readonly Recorded[]
  try {
    orphans = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
  const alive = orphans.filter(({ pid, since }) => identityOf(pid)?.since === since)
  await Promise.all(alive.map((orphan) => endProcess(orphan, drainMsMax)))
  rmSync(path, { force: true })
  return alive.map(({ name }) => name)
}

const placeIn = (folder: string) => join(folder, 'environment.json')
/** The launcher makes the database's password and the keys of the sandbox; other users must not read them. */
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

export type LaunchedDatabase = {
  /** As its owner. */
  readonly url: string
  readonly urls: AppUrls
  /** Seeds what a demo needs, and gives variables for all apps that go with what is in the database and with the ports. */
  readonly prepare: (ports: readonly AssignedPort[]) => Promise<Readonly<Record<string, string>>>
  /** Of the test world that runs beside a live one. */
  readonly test?: Pick<LaunchedDatabase, 'urls' | 'prepare'>
  readonly stop: () => Promise<void>
  /** Rejects when it failed for good. */
  readonly failed?: Promise<never>
}
