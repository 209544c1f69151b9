import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import type { Tally } from './tally.ts'

export type VitestRun = {
  /** The folder whose vitest.config.ts is used. */
  readonly root: string
  readonly args?: readonly string[]
  readonly quiet?: boolean
}

/** One `vitest run` over all projects. A run that dies before it has counted is one failure. */
export function runVitest({ root, args = [], quiet = false }: VitestRun): Promise<Tally> {
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', `--reporter=${join(import.meta.dirname, 'reporter.ts')}`]
  const output = quiet ? 'ignore' : 'inherit'
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      stdio: ['ignore', output, output, 'ipc'],
    })
    let tally: Tally | undefined
    child.on('message', (message) => (tally = readTally(message)))
    child.once('error', () => resolve({ passed: 0, failed: 1 }))
    child.once('close', (code) => resolve(settle(tally, code)))
  })
}

/** The exit code is the backstop: what failed without being counted is one failure. */
function settle(tally: Tally | undefined, code: number | null): Tally {
  if (tally === undefined) return { passed: 0, failed: 1 }
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

function readTally(message: unknown): Tally | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  if (!('passed' in message && 'failed' in message)) return undefined
  const { passed, failed } = message
  return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : undefined
}
