import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import type { Tally } from '../test/tally.ts'

/** A static check: a program that exits with 0 where nothing is wrong. */
type Check = { readonly name: string; readonly command: readonly [string, ...string[]] }

const bin = (name: string) => join(repositoryRoot, 'node_modules', '.bin', name)

/** A new static check is a new line here. */
const checks: readonly Check[] = [
  { name: 'types', command: [bin('turbo'), 'run', 'types', '--output-logs=errors-only'] },
  { name: 'lint', command: [bin('oxlint'), '--deny-warnings'] },
  { name: 'format', command: [bin('biome'), 'check', '.'] },
  { name: 'boundaries', command: [process.execPath, join(import.meta.dirname, 'boundaries.ts')] },
  { name: 'dependencies', command: [process.execPath, join(import.meta.dirname, 'dependencies.ts')] },
  { name: 'citations', command: [process.execPath, join(import.meta.dirname, 'citations.ts')] },
]

/** Runs all checks, also after one has failed. Each counts as one. */
export async function runChecks(): Promise<Tally> {
  let passed = 0
  for (const check of checks) {
    console.log(`── ${check.name}`)
    const ok = await succeeds(check)
    console.log(`${ok ? 'ok' : 'FAILED'}: ${check.name}`)
    passed += ok ? 1 : 0
  }
  return { passed, failed: checks.length - passed }
}

function succeeds({ command: [program, ...args] }: Check): Promise<boolean> {
  return new Promise((resolve) => {
    // turbo runs the packages' scripts, which find their programs on PATH.
    const path = [join(repositoryRoot, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
    const env = { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1' }
    const child = spawn(program, args, { cwd: repositoryRoot, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
}
