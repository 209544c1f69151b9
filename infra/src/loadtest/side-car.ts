import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { repositoryRoot } from '../paths.ts'
import { runProgram } from '../processes/run-program.ts'
import type { Started } from './scenarios.ts'

type SideCar = {
  /** Where it says on which port it listens. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** Rejects when an app has failed too often. Never resolves. */
  readonly appsFailed: Promise<never>
  readonly stop: AbortSignal
}

/** Streams and webhooks of thousands are open before the load begins. */
const SIDE_CAR_READY_MS_MAX = 60_000
const LOOK_MS = 25

/**
 * Runs the script while the side-car runs beside it, and resolves with its exit code. Rejects, when the script has ended, with
 * the reason of `stop`, or why an app or the side-car failed.
 */
export async function runWithSideCar(
  { folder, env, appsFailed, stop }: SideCar,
  script: (sideCarUrl: string, signal: AbortSignal) => Promise<{ readonly code: number }>,
): Promise<number> {
  stop.throwIfAborted()
  const failed = new AbortController()
  const ended = new AbortController()
  appsFailed.catch((error: unknown) => failed.abort(error))
  const signal = AbortSignal.any([stop, failed.signal])
  const main = join(repositoryRoot, 'loadtests', 'src', 'side-car.ts')
  const sideCar = runProgram([process.execPath, main], {
    env,
    output: 'shown',
    signal: AbortSignal.any([signal, ended.signal]),
  })
  const watched = async () => {
    const { code } = await sideCar
    if (!ended.signal.aborted) failed.abort(new Error(`the side-car ended with ${code}`))
  }
  const watching = watched()
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(SIDE_CAR_READY_MS_MAX)])
    const { code } = await script(await urlIn(folder, inTime), signal)
    signal.throwIfAborted()
    return code
  } finally {
    ended.abort()
    await watching
  }
}

/** Waits until the side-car listens. Rejects with the signal's reason when that comes first. */
async function urlIn(folder: string, signal: AbortSignal): Promise<string> {
  const path = join(folder, 'side-car.json')
  while (!existsSync(path)) await wait(LOOK_MS, undefined, { signal })
  const said: { readonly port: number } = JSON.parse(readFileSync(path, 'utf8'))
  return `http://127.0.0.1:${said.port}`
}

/** What the side-car is told beside what the script is told. */
export async function sideCarEnv(
  { environment, list, probe }: Started,
  keys: readonly string[],
  streams: number,
): Promise<Readonly<Record<string, string>>> {
  const database = await databasePid(environment.databaseUrl)
  return {
    KEYS: JSON.stringify(keys),
    STREAMS: String(streams),
    ROOT_PID: String(process.pid),
    ...(database !== undefined && { DATABASE_PID: String(database) }),
    ...(list !== undefined && { LIST_FROM: list.from, LIST_TO: list.to }),
    ...(probe !== undefined && { PROBE: probe }),
  }
}

/** The database's first process, the parent of those that serve us. Undefined where only Linux could tell. */
async function databasePid(url: string): Promise<number | undefined> {
  const client = new Client({ connectionString: url, application_name: 'droplock-loadtest' })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  } finally {
    await client.end()
  }
}
