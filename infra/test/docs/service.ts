import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryRoot } from '../../src/paths.ts'

export type Service = AsyncDisposable & {
  /** Of the gateway. */
  readonly api: string
  /** Of a demo reseller. */
  readonly key: string
}

/** What `npm start` starts, with files of its own, until it is disposed of. Rejects where it ends before everything runs. */
export async function startService(): Promise<Service> {
  const state = mkdtempSync(join(tmpdir(), 'droplock-docs-'))
  chmodSync(state, 0o755)
  const clean = Object.entries(process.env).filter(([name]) => !/^(DROPLOCK|DATABASE)_/.test(name))
  const launcher = spawn(process.execPath, ['infra/src/start.ts'], {
    cwd: repositoryRoot,
    env: { ...Object.fromEntries(clean), DROPLOCK_STATE_FOLDER: state },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(launcher, 'exit')
  const stop = async () => {
    launcher.kill('SIGTERM')
    await ended
    rmSync(state, { recursive: true, force: true })
  }
  const said: string[] = []
  const found = new Promise<Omit<Service, keyof AsyncDisposable>>((resolve, reject) => {
    for (const stream of [launcher.stdout, launcher.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        const api = find(said, /gateway: (http:\/\/[\w.:]+)/)
        const key = find(said, /\(USD\): (dlk_test_[\w-]+)/)
        const isRunning = find(said, /(everything is running)/) !== undefined
        if (isRunning && api !== undefined && key !== undefined) resolve({ api, key })
      })
    launcher.on('exit', () => reject(new Error(`npm start ended:\n${said.slice(-20).join('\n')}`)))
  })
  try {
    return { ...(await found), [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function find(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1]
    if (found !== undefined) return found
  }
  return undefined
}
