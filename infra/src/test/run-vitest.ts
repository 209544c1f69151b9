import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { killGroup } from '../processes/identity.ts'
import { add, type Tally } from './tally.ts'

/**
 * After its last test vitest has only to stop its workers and the database. It waits forever for a worker whose output is
 * still held by a process that a test left behind.
 */
const endMsDefault = 60_000
const oneFailure: Tally = { passed: 0, failed: 1 }

type VitestRun = {
  /** The folder whose vitest.config.ts is used. */
  readonly root: string
  readonly args?: readonly string[]
  readonly quiet?: boolean
  readonly endMsMax?: number
}

/**
 * One `vitest run` over all projects. A run that dies before it has counted is one failure; one that has counted and does
 * not end is killed with all it started, and is one failure more.
 */
export async function runVitest({
  root,
  args = [],
  quiet = false,
  endMsMax = endMsDefault,
}: VitestRun): Promise<Tally> {
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', `--reporter=${join(import.meta.dirname, 'reporter.ts')}`]
  const output = quiet ? 'ignore' : 'inherit'
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    // As a process group, so that what tests leave behind can be killed with it.
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  })
  const kill = () => void (child.pid !== undefined && killGroup(child.pid))
  process.on('SIGINT', kill).on('SIGTERM', kill)
  try {
    return await counted(child, endMsMax, kill)
  } finally {
    process.off('SIGINT', kill).off('SIGTERM', kill)
  }
}

function counted(child: ReturnType<typeof spawn>, endMsMax: number, kill: () => void): Promise<Tally> {
  return new Promise((resolve) => {
    let tally: Tally | undefined
    let stuck = false
    let patience: NodeJS.Timeout | undefined
    child.on('message', (message) => {
      tally = readTally(message)
      patience = setTimeout(() => {
        console.error('vitest does not end: a test has left a process behind; killing both')
        stuck = true
        kill()
      }, endMsMax)
    })
    child.once('error', () => resolve(oneFailure))
    child.once('exit', (code) => {
      clearTimeout(patience)
      resolve(stuck && tally !== undefined ? add(tally, oneFailure) : settle(tally, code))
    })
  })
}

/** The exit code is the backstop: what failed without being counted is one failure. */
function settle(tally: Tally | undefined, code: number | null): Tally {
  if (tally === undefined) return oneFailure
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

function readTally(message: unknown): Tally | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  if (!('passed' in message && 'failed' in message)) return undefined
  const { passed, failed } = message
  return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : undefined
}
