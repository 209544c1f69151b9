import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

const source = join(repositoryRoot, 'loadtests', 'src')

/**
 * Runs a k6 script: by k6 where it is installed, else by the stand-in under Node. Resolves with the exit code, 99 when a
 * threshold was crossed. `stop` ends it.
 */
export async function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<number> {
  const [command, ...args] = hasK6()
    ? ['k6', 'run', '--quiet', script]
    : [process.execPath, '--import', join(source, 'hook.ts'), join(source, 'run.ts'), script]
  const child = spawn(command ?? '', args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.once('error', reject)
  child.once('exit', (code) => resolve(code ?? 1))
  const end = () => child.kill('SIGTERM')
  stop.addEventListener('abort', end, { once: true })
  try {
    return await promise
  } finally {
    stop.removeEventListener('abort', end)
  }
}

function hasK6(): boolean {
  return spawnSync('k6', ['version'], { stdio: 'ignore' }).status === 0
}
