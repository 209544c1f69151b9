import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Runs a test of this app with other settings than `npm test` does, for `npm run trust`. `options` are vitest's. Sets the exit code. */
export function runTest(
  file: string,
  settings: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): void {
  const repositoryRoot = join(import.meta.dirname, '..', '..', '..', '..')
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'catcher', ...options, file], {
    cwd: repositoryRoot,
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  })
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
