import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onServer } from '@droplock/core/testing/server'
import type { World } from './world.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

/** Workers as they are run, on the database of a world. */
export type WorkerProcesses = {
  readonly start: (env?: Readonly<Record<string, string>>) => ChildProcess
  readonly end: (child: ChildProcess, signal: NodeJS.Signals) => Promise<void>
  readonly endAll: () => Promise<void>
}

export function workerProcesses(world: () => World): WorkerProcesses {
  const children: ChildProcess[] = []
  const start = (more: Readonly<Record<string, string>> = {}) => {
    const env = {
      DATABASE_URL: world().clone.urls.worker,
      DROPLOCK_FEED_POLL_MS: '100',
      DROPLOCK_IDLE_MS: '50',
      DROPLOCK_SWEEP_RUNS_MS: '50',
      // At whatever time of day this runs.
      DROPLOCK_PUBLICATION: 'at_once',
      ...more,
    }
    const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
    children.push(child)
    return child
  }
  return {
    start,
    end,
    endAll: async () => void (await Promise.all(children.splice(0).map((child) => end(child, 'SIGKILL')))),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** What waits for a silence of half a minute finds that it has passed. */
export function passSilence(world: World, table: 'sync_run' | 'list_source', column: string) {
  return onServer(world.clone.url, (client) =>
    client.query(`update ${table} set ${column} = ${column} - interval '31 seconds'`),
  )
}
