import { spawn } from 'node:child_process'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'
import { placeFor, runningPostmaster, type ServerUser, serverUser } from './server-user.ts'

/** Recovery after a crash may replay much; beyond this something is wrong. */
const startSecondsMax = 120
/** A fast stop rolls back what runs and writes a checkpoint. */
const stopSecondsMax = 60
/** How much of the server's log an error shows. */
const logTailChars = 2_000

/** A data folder with the programs and the user that serve it. */
export type Server = { readonly binaries: Binaries; readonly dataFolder: string; readonly user: ServerUser }
type Settings = Readonly<Record<string, string | number>>

/** Who serves this data folder, and where it really lies. `installed` is the folder of a PostgreSQL other than the embedded one. */
export function serverAt(folder: string, installed?: string): Server {
  const user = serverUser(folder)
  const binaries = installed === undefined ? findBinaries(user) : binariesIn(installed)
  return { binaries, dataFolder: placeFor(folder, user), user }
}

/** Starts the server and waits until it answers. Throws with the end of its log when it does not. */
export async function startServer(server: Server, settings: Settings): Promise<void> {
  const log = join(server.dataFolder, 'server.log')
  if (existsSync(log)) renameSync(log, `${log}.previous`)
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const args = ['start', '-w', '-t', String(startSecondsMax), '-l', log, '-o', options.join(' ')]
  const done = await pgCtl(server, args)
  if (done.status === 0) return
  const tail = existsSync(log) ? readFileSync(log, 'utf8').slice(-logTailChars) : ''
  throw new Error(`PostgreSQL did not start: ${done.output}${tail}`)
}

/**
 * Stops the server: transactions under way are rolled back, connections closed. One that does not end in time (it is stuck, or
 * was stopped itself) is killed; its next start recovers what was committed.
 */
export async function stopServer(server: Server, secondsMax = stopSecondsMax): Promise<void> {
  const done = await pgCtl(server, ['stop', '-m', 'fast', '-w', '-t', String(secondsMax)])
  const pid = done.status === 0 ? undefined : runningPostmaster(server.dataFolder)
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

/** In a process group of its own, so that Ctrl-C in the terminal reaches the launcher and not the database. */
function pgCtl(server: Server, args: readonly string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(server.binaries.pgCtl, ['-D', server.dataFolder, ...args], {
      ...server.user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}
