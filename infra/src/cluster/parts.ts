import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { ServerUser } from '../postgres/server-user.ts'
import { killGroup } from '../processes/identity.ts'

/** How long a part may take to end by itself. Milliseconds. */
const END_MS_MAX = 10_000

/** One program of the cluster, in a process group of its own. */
export type Part = {
  readonly name: string
  readonly pid: () => number
  /** Whether it runs. */
  readonly runs: () => boolean
  /** Ends it at once, and what it started in its group. */
  readonly kill: () => Promise<void>
  /** Starts it again after it has ended. */
  readonly start: () => void
  /** Asks it to end, and kills it where it does not. */
  readonly stop: () => Promise<void>
}

export type PartPlan = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** Where it writes its log. */
  readonly folder: string
  readonly user: ServerUser
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a program. It is not started again when it ends: who made it end, for a test, says so. */
export function startPart({ name, command, folder, user, env = {} }: PartPlan): Part {
  const [program, ...args] = command
  let child: ChildProcess
  let ended: Promise<void>
  const start = () => {
    const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
    child = spawn(program, args, {
      ...user,
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8', ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    ended = new Promise((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })
  }
  start()
  const runs = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  const pid = () => {
    if (child.pid === undefined || !runs()) throw new Error(`${name} does not run; see ${folder}/${name}.log`)
    return child.pid
  }
  const kill = async () => {
    if (runs() && child.pid !== undefined) killGroup(child.pid)
    await ended
  }
  const stop = async () => {
    if (runs()) child.kill('SIGTERM')
    const timer = setTimeout(() => void kill(), END_MS_MAX)
    await ended
    clearTimeout(timer)
  }
  return { name, pid, runs, kill, start, stop }
}
