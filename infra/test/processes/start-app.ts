import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AppRole } from '@droplock/core/database/app-roles'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { repositoryRoot } from '../../src/paths.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

type Env = Readonly<Record<string, string>>
type LogEvent = Readonly<Record<string, unknown>>

/** The apps as separate processes on a database of their own; disposing of it kills them. */
export type Processes = AsyncDisposable & {
  readonly clone: Clone
  /** Everything temporary. */
  readonly folder: string
  /** The settings of an app on the database, with ports of its own; of the simulator, without a registry. */
  readonly envOf: (app: AppRole | 'registry_sim') => Env
  /** Starts an app as it is run, and waits until it has logged all these events; the function returns the URL in one of them. */
  readonly start: (app: string, env: Env, said: readonly string[]) => Promise<(msg: string) => string>
}

export async function openProcesses(): Promise<Processes> {
  const clone = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-processes-'))
  // Read when the catcher starts; there is no account to connect to.
  writeFileSync(join(folder, 'no-ca.pem'), '')
  const children: ChildProcess[] = []
  const onDatabase = (role: AppRole) => ({
    DATABASE_URL: clone.urls[role],
    PORT: '0',
    DROPLOCK_HEALTH_PORT: '0',
  })
  const envs: Partial<Record<AppRole | 'registry_sim', Env>> = {
    registry_sim: {
      DROPLOCK_SIM_TLS_FOLDER: folder,
      DROPLOCK_SIM_CONTROL_PORT: '0',
      DROPLOCK_SIM_EPP_PORT: '0',
    },
    catcher: {
      ...onDatabase('catcher'),
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify({
        'no/account': { password: 'secret', caFile: join(folder, 'no-ca.pem') },
      }),
    },
  }
  const start = async (app: string, env: Env, said: readonly string[]) => {
    const main = join(repositoryRoot, 'apps', app, 'src', 'main.ts')
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const events = new Map<string, LogEvent>()
    const lines = createInterface({ input: child.stdout })
    const { promise, resolve, reject } = Promise.withResolvers<(msg: string) => string>()
    // Read for as long as it runs: a pipe that is full would stop the process.
    lines.on('line', (line) => {
      const event: LogEvent = JSON.parse(line)
      events.set(String(event['msg']), event)
      if (said.every((each) => events.has(each)))
        resolve((msg) => String(events.get(msg)?.['url'] ?? events.get(msg)?.['control']))
    })
    lines.once('close', () => reject(new Error(`${app} ended without logging ${said.join(' and ')}`)))
    return promise
  }
  return {
    clone,
    folder,
    envOf: (app) => envs[app] ?? (app === 'registry_sim' ? {} : onDatabase(app)),
    start,
    [Symbol.asyncDispose]: async () => {
      for (const child of children) {
        const exited = once(child, 'exit')
        if (child.kill('SIGKILL')) await exited
      }
      rmSync(folder, { recursive: true })
      await clone.drop()
    },
  }
}
